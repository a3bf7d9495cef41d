(() => {
  const tools = document.getElementById('sok');
  const [field, status, period] = ['sok-namn', 'sok-lage', 'sok-period'].map(id => document.getElementById(id));
  const told = document.getElementById('traffar');
  const wide = {a: 'aåäàáâã', c: 'cç', e: 'eéèêë', i: 'iíìîï', n: 'nñ', o: 'oöøóòô', u: 'uüúùû', y: 'yýÿ'};
  const plain = text => text.normalize('NFC').toLocaleLowerCase('sv');
  const rows = Array.from(document.querySelectorAll('#rapporter tbody tr'), row => ({
    row, name: plain(row.cells[0].textContent), periods: row.dataset.period.split(' '), failed: 'fel' in row.dataset,
  }));
  const pattern = word => new RegExp(word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/[a-z]/g, c => wide[c] ? `[${wide[c]}]` : c));
  const show = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean).map(pattern);
    let shown = 0;
    for (const {row, name, periods, failed} of rows) {
      const fits = words.every(word => word.test(name))
        && (!status.value || (status.value === 'fel') === failed)
        && (!period.value || periods.includes(period.value));
      if (row.hidden === fits) row.hidden = !fits;
      shown += fits;
    }
    told.textContent = shown ? `${shown} av ${rows.length} förbund visas.` : 'Inget förbund passar. Välj Visa alla för att börja om.';
  };
  const clear = () => { field.value = ''; status.value = ''; period.value = ''; show(); field.focus(); };
  field.addEventListener('keydown', event => { if (event.key === 'Escape') { event.preventDefault(); field.value = ''; show(); } });
  field.addEventListener('input', show);
  for (const choice of [status, period]) choice.addEventListener('change', show);
  document.getElementById('sok-rensa').addEventListener('click', clear);
  tools.hidden = false;
  show();
})();
