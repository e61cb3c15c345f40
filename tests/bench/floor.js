// The floor: about the least script that asks a FHIR Questionnaire with native controls, a question a page or all
// on one, and keeps the answers. It is what a careful person writes by hand, and what our page is measured by.
const query = new URLSearchParams(location.search);
const url = query.get('questionnaire') ?? `instruments/${query.get('instrument')}.json`;
const main = document.querySelector('main');
const make = (tag, set, ...kids) => {
  const element = Object.assign(document.createElement(tag), set);
  element.append(...kids);
  return element;
};
const extension = (item, name) => item.extension?.find((one) => one.url.endsWith(name));
const control = (item) => extension(item, 'questionnaire-itemControl')?.valueCodeableConcept.coding[0].code;

const form = await (await fetch(url)).json();
const questions = [];
(function flatten(items, intro) {
  let said = intro;
  for (const item of items) {
    if (extension(item, 'questionnaire-hidden')) continue;
    if (item.type === 'display') said = [...said, item.text];
    else if (item.type === 'group') flatten(item.item ?? [], [...said, item.text]);
    else {
      questions.push({ item, intro: said });
      said = intro;
    }
  }
})(form.item, []);

const answers = JSON.parse(localStorage.getItem(url) ?? '{}');
const keep = (item, value) => {
  answers[item.linkId] = value;
  localStorage.setItem(url, JSON.stringify(answers));
};
const equals = ({ question, answerCoding }) => answers[question] === answerCoding.code;
const asked = () => questions.filter(({ item }) => !item.enableWhen || item.enableWhen.some(equals));

function radios(item, options) {
  return options.map(([value, text], at) => {
    const id = `${item.linkId}-${at}`;
    const input = make('input', { type: 'radio', id, name: item.linkId, value, checked: answers[item.linkId] === value });
    input.onchange = () => keep(item, value);
    return make('div', { className: 'option' }, input, make('label', { htmlFor: id }, text));
  });
}

function field(item, isPage) {
  const hints = (item.item ?? []).filter(({ type }) => type === 'display');
  const end = (name) => hints.find((hint) => control(hint) === name)?.text;
  const [least, most] = ['minValue', 'maxValue'].map((name) => extension(item, name)?.valueInteger);
  const help = hints.filter((hint) => control(hint) === 'help').map(({ text }) => make('p', { className: 'hint' }, text));
  let options = item.answerOption?.map(({ valueCoding: { code, display } }) => [code, display]);
  if (most - least <= 10) {
    options = Array.from({ length: most - least + 1 }, (_, at) => [String(least + at), String(least + at)]);
    options[0][1] += ` ${end('lower') ?? ''}`;
    options.at(-1)[1] += ` ${end('upper') ?? ''}`;
  }
  const name = isPage ? make('h1', { tabIndex: -1 }, item.text) : item.text;
  if (options) return make('fieldset', {}, make('legend', {}, name), ...help, ...radios(item, options));
  const input = make(item.type === 'text' ? 'textarea' : 'input', { id: item.linkId, value: answers[item.linkId] ?? '' });
  if (item.type === 'integer') input.inputMode = 'numeric';
  input.oninput = () => keep(item, input.value);
  return make('div', {}, make('label', { htmlFor: item.linkId }, name), ...help, input);
}

function show(at) {
  const list = asked();
  const whole = query.get('layout') === 'all';
  const page = whole && at === 0 ? list : list.slice(at, at + 1);
  const parts = page.flatMap(({ item, intro }) => [...intro.map((text) => make('p', {}, text)), field(item, !whole)]);
  if (!page.length) parts.push(make('h1', { tabIndex: -1 }, 'Check your answers'), ...list.map(({ item }) => make('p', {}, `${item.text} ${answers[item.linkId] ?? '–'}`)));
  if (whole && page.length) parts.unshift(make('h1', { tabIndex: -1 }, form.title));
  else parts.unshift(make('p', {}, `Question ${Math.min(at + 1, list.length)} of ${list.length}`));
  if (at > 0) parts.unshift(make('button', { onclick: () => show(at - 1) }, 'Back'));
  if (page.length) parts.push(make('button', { onclick: () => show(whole ? list.length : at + 1) }, 'Continue'));
  main.replaceChildren(...parts);
  main.querySelector('h1').focus();
}
show(0);
