// Notes are kept on this device until the site has them: each has a key, so that sending one twice keeps one.
(() => {
  const own = document.currentScript.src, form = document.getElementById('note'), list = document.getElementById('kept'), words = form.dataset, store = 'ce.notes';
  const read = () => JSON.parse(localStorage.getItem(store) || '[]');
  const write = notes => { localStorage.setItem(store, JSON.stringify(notes)); show(); };
  const waiting = () => read().filter(note => !note.sent);
  let sending = false;

  function show() {
    list.replaceChildren(...read().slice(-50).reverse().map(note => {
      const row = document.createElement('li');
      const what = document.createElement('span');
      what.textContent = `${note.member} · ${note.amount} · ${note.day}`;
      const state = document.createElement('span');
      state.className = note.sent ? 'tag good' : 'tag warn';
      state.textContent = note.sent ? `✓ ${words.sent}` : `● ${words.waiting}`;
      row.append(what, state);
      return row;
    }));
    document.getElementById('offline').hidden = navigator.onLine;
    document.getElementById('export').hidden = waiting().length === 0;
  }

  async function send() {
    if (sending || waiting().length === 0) return;
    sending = true;
    try {
      const answer = await fetch('/notebook?handler=Token', { redirect: 'manual', cache: 'no-store' });
      if (!answer.ok) return;
      const { token } = await answer.json();
      for (const note of waiting()) {
        const body = new URLSearchParams({ key: note.key, agreement: note.agreement, member_no: note.member, amount: note.amount, received_on: note.day, form: token });
        const kept = await fetch('/notebook', { method: 'POST', body, redirect: 'manual', headers: { 'X-Note': '1' } });
        if (kept.status === 204) write(read().map(other => other.key === note.key ? { ...other, sent: true } : other));
        else if (kept.status >= 500 || kept.status === 0) return;
      }
    } catch {
      // No signal after all: the notes stay and are sent when it is back.
    } finally {
      sending = false;
      show();
    }
  }

  form.addEventListener('submit', event => {
    event.preventDefault();
    const [member, amount, day] = ['member_no', 'amount', 'received_on'].map(name => form.elements[name]);
    if (![member, amount, day].every(field => field.reportValidity())) return;
    write([...read(), { key: crypto.randomUUID(), agreement: form.elements.agreement.value, member: member.value.trim(), amount: amount.value.trim(), day: day.value.trim() }]);
    member.value = amount.value = '';
    member.focus();
    send();
  });

  document.getElementById('export').addEventListener('click', () => {
    const cell = text => `"${text.replaceAll('"', '""')}"`;
    const rows = waiting().map(note => [note.member, note.amount, note.day].map(cell).join(','));
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([['member_no,amount,received_on', ...rows].join('\r\n')], { type: 'text/csv' }));
    link.download = 'notebook.csv';
    link.click();
  });

  // What it takes to open without signal, as this user sees it now; a page of somebody who is signed out is not kept.
  // The page comes last: as long as it is not there, nothing opens that lacks its script.
  async function keep() {
    const cache = await caches.open('notebook-1');
    for (const address of [own, ...[...document.querySelectorAll('link[rel=stylesheet]')].map(link => link.href), '/notebook']) {
      const answer = await fetch(address);
      if (!answer.ok || answer.redirected) return;
      await cache.put(address, answer);
    }
    document.getElementById('ready').hidden = false;
  }

  addEventListener('online', () => { show(); send(); });
  addEventListener('offline', show);
  const unkept = () => { document.getElementById('unkept').hidden = false; };
  if (navigator.serviceWorker) navigator.serviceWorker.register('/notebook-worker.js', { scope: '/notebook' }).then(() => navigator.onLine && keep()).catch(unkept);
  else unkept();
  show();
  send();
})();
