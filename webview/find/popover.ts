import type { LitElement, ReactiveController } from 'lit';

const MARGIN = 8;

/**
 * A panel that a button of the host opens below itself: `button.popoverButton` and, while it is open, `.popover` inside
 * the host. It closes by Escape, by a press anywhere else, and when the focus goes elsewhere.
 */
export class Popover implements ReactiveController {
  isOpen = false;
  private wantsFocus = false;

  constructor(private readonly host: LitElement) {
    host.addController(this);
  }

  readonly toggle = (): void => {
    if (this.isOpen) {
      this.close(true);
      return;
    }
    this.isOpen = true;
    this.wantsFocus = true;
    this.watch('addEventListener');
    this.host.requestUpdate();
  };

  close(returnsFocus: boolean): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.watch('removeEventListener');
    if (returnsFocus) this.host.querySelector<HTMLElement>('.popoverButton')?.focus();
    this.host.requestUpdate();
  }

  hostUpdated(): void {
    if (!this.isOpen) return;
    this.place();
    if (!this.wantsFocus) return;
    this.wantsFocus = false;
    this.panel?.querySelector<HTMLElement>('input, select, button')?.focus();
  }

  hostDisconnected(): void {
    this.close(false);
  }

  private get panel(): HTMLElement | null {
    return this.host.querySelector('.popover');
  }

  private watch(change: 'addEventListener' | 'removeEventListener'): void {
    document[change]('pointerdown', this.onPointerDown, true);
    this.host[change]('keydown', this.onKey);
    this.host[change]('focusout', this.onFocusOut);
    window[change]('resize', this.place);
  }

  /** Below the button, moved so far that all of it is in the window. */
  private readonly place = (): void => {
    const { panel } = this;
    const button = this.host.querySelector('.popoverButton');
    if (panel === null || button === null) return;
    const anchor = button.getBoundingClientRect();
    const rightmost = window.innerWidth - MARGIN - panel.offsetWidth;
    const left = Math.max(MARGIN, Math.min(anchor.left, rightmost));
    const offset = left - this.host.getBoundingClientRect().left;
    panel.style.setProperty('left', `${Math.round(offset)}px`);
    panel.style.setProperty('max-height', `${Math.round(window.innerHeight - anchor.bottom - 2 * MARGIN)}px`);
  };

  private readonly onPointerDown = (event: Event): void => {
    if (!event.composedPath().includes(this.host)) this.close(false);
  };

  private readonly onKey = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.close(true);
  };

  private readonly onFocusOut = (event: Event): void => {
    if (!(event instanceof FocusEvent)) return;
    const next = event.relatedTarget;
    // A press on what takes no focus leaves it to nobody.
    if (next instanceof Node && !this.host.contains(next)) this.close(false);
  };
}
