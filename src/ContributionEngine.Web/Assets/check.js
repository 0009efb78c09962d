// Moves the bar while a sheet is checked, and shows the result when it is there. Without it the page comes again by itself.
const bar = document.getElementById("bar"), said = document.getElementById("said");
const events = new EventSource(said.dataset.events);
events.addEventListener("progress", event => {
  const { done, all, text } = JSON.parse(event.data);
  if (all) [bar.max, bar.value] = [all, done];
  if (said.textContent !== text) said.textContent = text;
});
events.addEventListener("done", () => { events.close(); location.replace(location.pathname); });
