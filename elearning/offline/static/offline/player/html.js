// <clean-html .html=${…}>: shows markup that the server has cleaned (docs/formats.md). The policy of the site forbids inline
// scripts, so this is the second lock, not the first.
export class CleanHtml extends HTMLElement {
  set html(markup) {
    if (markup === this.shown) return;
    this.shown = markup;
    const template = document.createElement('template');
    template.innerHTML = markup ?? '';
    for (const link of template.content.querySelectorAll('a[href]')) {
      link.rel = 'noreferrer';
      link.target = '_blank';
    }
    this.replaceChildren(template.content);
  }
}

if (!customElements.get('clean-html')) customElements.define('clean-html', CleanHtml);
