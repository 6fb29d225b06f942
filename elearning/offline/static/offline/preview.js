// What an author sees in the preview: the part as the officer will see it. Nothing is recorded.
import {html, render} from '../vendor/lit-html.js';
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

function draw() {
  const body = lessonBody(part, {fileUrl, answers, troubles: new Map(), answer});
  render(html`<article class="lesson narrow"><h1>${part.heading}</h1><div class="lesson">${body}</div></article>`, host);
}

needFonts(part.language);
draw();
