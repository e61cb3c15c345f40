// Devices that keep nothing or not enough, and one whose time runs as it is told: scripts for a page to begin with.

export const noDatabase = () => {
  Object.defineProperty(window, "indexedDB", { get: () => undefined });
};
export const brokenDatabase = () => {
  IDBFactory.prototype.open = function () {
    throw new DOMException("broken in a test", "UnknownError");
  };
};
export const refusing = () => {
  for (const name of ["localStorage", "indexedDB"]) {
    Object.defineProperty(window, name, {
      get() {
        throw new DOMException("refused in a test", "SecurityError");
      },
    });
  }
};
export const absent = () => {
  for (const name of ["localStorage", "indexedDB"]) Object.defineProperty(window, name, { get: () => null });
};
export const full = () => {
  Storage.prototype.setItem = function () {
    throw new DOMException("full in a test", "QuotaExceededError");
  };
  for (const method of ["put", "add"]) {
    IDBObjectStore.prototype[method] = function () {
      throw new DOMException("full in a test", "QuotaExceededError");
    };
  }
};
export const broken = () => {
  Storage.prototype.setItem = function () {
    throw new DOMException("broken in a test", "UnknownError");
  };
  IDBFactory.prototype.open = function () {
    throw new DOMException("broken in a test", "UnknownError");
  };
};

/** Both clocks of the page can be put forward: `window.later(milliseconds)`. */
export const clocks = () => {
  let ahead = 0;
  const [wall, steady] = [Date.now.bind(Date), performance.now.bind(performance)];
  Date.now = () => wall() + ahead;
  performance.now = () => steady() + ahead;
  window.later = (more) => (ahead += more);
};
