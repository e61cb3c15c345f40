// Takes the service worker of offline.js back. Put this file in its place, under its name, and it is gone from each
// device at the next visit, with the files it kept. Answers are not among them.

addEventListener('install', () => skipWaiting());

addEventListener('activate', (event) => {
  const leave = async () => {
    const ours = (name) => name.startsWith(`what-matters ${registration.scope} `);
    await Promise.all((await caches.keys()).filter(ours).map((name) => caches.delete(name)));
    await registration.unregister();
  };
  event.waitUntil(leave());
});
