// Between the page and the service worker. A new version waits until the officer agrees; the page that agreed reloads, any
// other one goes on with the files it has.
import {emit} from './store.js';

const LOOK_EVERY = 3600000;
let registration = null;
let agreed = false;

export async function register() {
  if (!navigator.serviceWorker || registration) return;
  registration = await navigator.serviceWorker.register('/sw.js', {updateViaCache: 'none'});
  navigator.serviceWorker.addEventListener('controllerchange', () => agreed && location.reload());
  registration.addEventListener('updatefound', () => watch(registration.installing));
  if (registration.waiting) tell();
  setInterval(look, LOOK_EVERY);
  addEventListener('online', look);
}

const look = () => registration.update().catch(() => {});

function watch(worker) {
  worker?.addEventListener('statechange', () => worker.state === 'installed' && tell());
}

function tell() {
  if (navigator.serviceWorker.controller) emit('update', true);
}

export const updateReady = () => Boolean(registration?.waiting && navigator.serviceWorker.controller);

export function applyUpdate() {
  agreed = true;
  registration?.waiting?.postMessage('activate');
}
