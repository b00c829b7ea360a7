import { noChange } from 'lit';
import { Directive, directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';

type CssValues = Readonly<Record<string, string | null>>;

/**
 * Sets CSS properties of the element it stands in: `<div ${css({ left: '4px' })}>`. Lit's own styleMap writes a
 * style attribute at first, which a strict content security policy refuses; properties are always allowed.
 */
class CssDirective extends Directive {
  private previous: CssValues = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('css() stands in the place of an attribute');
  }

  override render(_values: CssValues): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [values]: [CssValues]): typeof noChange {
    const { style } = part.element as HTMLElement;
    for (const name of Object.keys(this.previous)) {
      if (!(name in values)) style.removeProperty(name);
    }
    for (const [name, value] of Object.entries(values)) {
      if (this.previous[name] !== value) style.setProperty(name, value);
    }
    this.previous = values;
    return noChange;
  }
}

/** Names as in style sheets: `padding-left`, `--variable`. */
export const css = directive(CssDirective);
