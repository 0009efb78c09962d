// Keys for the desk, and sums while amounts are typed. Everything here can be done without this script.
(() => {
  const kept = 'keys off', help = document.getElementById('keys'), on = document.getElementById('keys-on');
  const find = key => document.querySelector(`[data-key="${key}"]`);
  const move = by => {
    const picks = [...document.querySelectorAll('.pick')], at = picks.findIndex(pick => pick.hasAttribute('aria-current'));
    picks[at + by]?.click();
  };
  const acts = { j: () => move(1), k: () => move(-1), a: () => find('a')?.click(), s: () => find('s')?.click(), u: () => find('u')?.click(), '?': () => { help.open = !help.open; help.querySelector('summary').focus(); } };
  if (help) {
    help.hidden = false;
    on.checked = !localStorage.getItem(kept);
    on.addEventListener('change', () => on.checked ? localStorage.removeItem(kept) : localStorage.setItem(kept, '1'));
    document.addEventListener('keydown', event => {
      if (!on.checked || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
      const act = acts[event.key];
      if (act) { event.preventDefault(); act(); }
    });
  }
  const tray = document.querySelector('[data-tray]');
  if (!tray) return;
  const { mark, digits, whole } = tray.dataset, shown = tray.querySelector('[data-rest]'), scale = 10 ** digits;
  const minor = typed => {
    const plain = typed.replace(mark === ',' ? /[.\s]/g : /[,\s]/g, '').replace(mark, '.');
    return plain === '' ? 0 : Math.round(Number(plain) * scale);
  };
  const write = amount => {
    const plain = (Math.abs(amount) / scale).toFixed(digits).split('.');
    return (amount < 0 ? '−' : '') + plain[0] + (plain[1] ? mark + plain[1] : '');
  };
  const add = () => {
    let sum = 0;
    for (const field of tray.querySelectorAll('input[name=amount]')) sum += minor(field.value);
    for (const box of tray.querySelectorAll('input[data-minor]:checked')) sum += Number(box.dataset.minor);
    shown.textContent = Number.isFinite(sum) ? write(Number(whole) - sum) : '?';
  };
  tray.addEventListener('input', add);
  add();
})();
