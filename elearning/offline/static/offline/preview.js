// What an author sees in the preview: the part as the officer will see it. Nothing is recorded.
import {html, render} from '../vendor/lit-html.js';
import {feedback} from './player/question.js';
import {lessonBody} from './player/lesson.js';
import {needFonts} from './i18n.js';

const part = JSON.parse(document.getElementById('part').textContent);
const host = document.getElementById('preview') ?? document.querySelector('main');
const answers = new Map();
// In a preview a file is named by its URL, because there is no edition yet.
const fileUrl = (name) => part.files?.[name] ?? name;

function answer({item, response, success}) {
  answers.set(item, {id: `${item}-${answers.size}`, response, success, received: true});
  draw();
}

const allRight = (item) => item.choices.filter((choice) => choice.correct).map((choice) => choice.id);

const test = ({questions}) => html`<ol>
  ${questions.map((item) => html`<li class="stack"><p><strong>${item.text}</strong></p>
    <ul>${item.choices.map((choice) => html`<li>${choice.text} <span class="meta">${choice.feedback}</span></li>`)}</ul>
    ${feedback(item, allRight(item))}</li>`)}
</ol>`;

function draw() {
  const body = part.kind === 'test' ? test(part) : lessonBody(part, {fileUrl, answers, troubles: new Map(), answer});
  render(html`<article class="lesson narrow"><h1>${part.heading}</h1><div class="lesson">${body}</div></article>`, host);
}

needFonts(part.language);
draw();
