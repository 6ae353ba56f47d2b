type Attributes = Record<string, string | number | boolean | ((event: Event) => void)>;

/** An element with its attributes, listeners (as `onclick`) and children. A false attribute is left out. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: (Node | string)[]) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children);
  return element;
}

/** An element of index.html. */
export const part = <T extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as T;
