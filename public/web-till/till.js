// A web till with a terminal in a frame: an example to copy from. What asks is in the first half, the shop in the second.

import { embedTerminal } from '/sdk/embed.js';

const { page_url } = await (await fetch('/settings')).json();

const terminal = embedTerminal({
  frame: at('terminal'),
  url: page_url,
  // This till's own server has the terminal's key, and lets nobody have a session who is not at work here.
  session: async () => {
    const answer = await fetch('/session', { method: 'POST' });
    if (!answer.ok) throw new Error('no session');
    return (await answer.json()).token;
  },
  onResult(answer) {
    if (answer.outcome === 'approved' && answer.next_step === 'sell') approved();
    else say(answer.outcome === 'not_judged' ? NOT_JUDGED : (REFUSED[answer.next_step] ?? NO_SALE));
  },
  onOpened: () => say(''),
  onEnded: (why) => say(ENDED[why]),
});

const NO_SALE = 'Not confirmed: no sale.';
const NOT_JUDGED = 'This cannot be asked at present: no sale.';
const REFUSED = {
  ask_for_new_code: 'That code will not do. Ask for a new one.',
  ask_for_physical_id: 'Not confirmed. Ask for a physical document.',
};
const ENDED = {
  over: 'The session is over. It begins again by itself.',
  no_session: 'The server of this till does not answer. It is tried again.',
  no_answer: 'The terminal does not answer. It is tried again.',
  shut_out: 'This terminal is blocked.',
  other_shop: 'This terminal belongs to another shop.',
};

const GOODS = [
  { name: 'Bread', price: 180 },
  { name: 'Beer', price: 240, policy: 'alcohol', note: 'Over 18' },
  { name: 'Student ticket', price: 450, policy: 'student_discount', note: 'Students' },
];
const MONEY = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });

let basket = [];
/** What is still to be confirmed before this sale, one policy after the other: a pass proves one thing. */
let open = [];
let phase = 'basket';
let sale = 1;

function pay() {
  if (phase === 'sold') return nextCustomer();
  open = [...new Set(basket.flatMap(({ policy }) => policy ?? []))];
  askNext();
}

function askNext() {
  const [policy] = open;
  phase = policy === undefined ? 'sold' : 'asking';
  if (policy !== undefined) {
    terminal.ask({ policies: [policy], reference: `Web till, sale ${sale}` });
    say(`${GOODS.find((one) => one.policy === policy).name}: scan the customer's code.`);
  } else say(`Sold for ${MONEY.format(total() / 100)}.`);
  draw();
  // A scanner types wherever the focus is, so it must not be on a button that Enter presses.
  at(phase === 'asking' ? 'scanned' : 'pay').focus();
  if (phase === 'asking') at('terminal').scrollIntoView({ block: 'nearest' });
}

function approved() {
  open = open.slice(1);
  askNext();
}

function cancel() {
  terminal.clear();
  phase = 'basket';
  say('');
  draw();
  at('pay').focus();
}

function nextCustomer() {
  basket = [];
  phase = 'basket';
  sale += 1;
  say('');
  draw();
  at('goods').querySelector('button').focus();
}

function total() {
  return basket.reduce((sum, { price }) => sum + price, 0);
}

function draw() {
  at('empty').hidden = basket.length > 0;
  at('total').textContent = MONEY.format(total() / 100);
  at('pay').textContent = phase === 'sold' ? 'Next customer' : 'Pay';
  at('pay').disabled = basket.length === 0 || phase === 'asking';
  at('cancel').hidden = phase !== 'asking';
  at('said').className = `said said-${phase}`;
  for (const button of at('goods').querySelectorAll('button')) button.disabled = phase !== 'basket';
  at('basket').replaceChildren(...basket.map(line));
}

function line(good, index) {
  const remove = element('button', { type: 'button', className: 'plain', textContent: 'Remove' });
  remove.setAttribute('aria-label', `Remove ${good.name}`);
  remove.hidden = phase !== 'basket';
  remove.onclick = () => {
    basket = basket.filter((_, place) => place !== index);
    draw();
    (at('basket').querySelector('button') ?? at('goods').querySelector('button')).focus();
  };
  const price = element('span', { className: 'price', textContent: MONEY.format(good.price / 100) });
  return element('li', {}, element('span', { textContent: good.name }), remove, price);
}

function good(one) {
  const note = element('span', { className: 'note', textContent: one.note ?? '' });
  const price = element('span', { className: 'price', textContent: MONEY.format(one.price / 100) });
  const name = element('span', { className: 'name', textContent: one.name });
  const button = element('button', { type: 'button' }, name, price, note);
  button.onclick = () => {
    basket = [...basket, one];
    draw();
  };
  return element('li', {}, button);
}

function say(text) {
  at('said').textContent = text;
}

function at(id) {
  return document.getElementById(id);
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

at('goods').append(...GOODS.map(good));
at('pay').onclick = pay;
at('cancel').onclick = cancel;
at('scan').onsubmit = (event) => {
  event.preventDefault();
  terminal.scan(at('scanned').value);
  at('scanned').value = '';
};
draw();
