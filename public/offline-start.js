// Lets the browser keep the app's own files, so that the page opens without a network: offline.js does that. It is
// asked for once all of the code has come, so nothing of it is in the way of the first question.

async function start({ serviceWorker }) {
  // Only on a page of our own: other people's pages are theirs to keep.
  if (!location.href.startsWith(new URL('.', import.meta.url))) return;
  // A questionnaire is no moment for a browser to offer itself for installing; its menu still does.
  addEventListener('beforeinstallprompt', (event) => event.preventDefault());
  const address = new URL('./offline.js', import.meta.url).href;
  // The policy of a careful host takes the address of a script only from a policy that it names.
  const policy = globalThis.trustedTypes?.createPolicy('what-matters', { createScriptURL: () => address });
  await serviceWorker.register(policy?.createScriptURL('') ?? address, { updateViaCache: 'none' });
  const { active } = await serviceWorker.ready;
  const elements = [...document.querySelectorAll('what-matters[config]')];
  const configs = elements.map((element) => new URL(element.getAttribute('config'), document.baseURI).href);
  active.postMessage({ of: import.meta.url, page: location.href, configs });
}

// No service workers, a policy that forbids it, a full device: the page works as ever while there is a network.
start(navigator).catch(() => {});
