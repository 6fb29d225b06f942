// The language menu is a <details>, which works without this file; with it Escape and a tap beside it close it too.
const menu = document.querySelector('.languages');

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !menu.open) return;
  menu.open = false;
  menu.querySelector('summary').focus();
});
document.addEventListener('click', (event) => {
  if (!menu.contains(event.target)) menu.open = false;
});
