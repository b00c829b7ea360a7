/** Tells a screen reader what was selected: once, however the figures change afterwards. */
import { effect, untracked } from '@preact/signals-core';
import type { PanelStore } from '../store';
import { announcement } from './announcement';

/** Dragging selects a new stretch sixty times a second: only where it comes to rest is told. */
const REST_MS = 250;

/** An empty polite live region at first; it is to be in the page before anything is selected. */
export class CvizAnnouncer extends HTMLElement {
  store!: PanelStore;
  private stop: (() => void) | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;

  connectedCallback(): void {
    this.className = 'visuallyHidden';
    this.setAttribute('role', 'status');
    this.setAttribute('aria-live', 'polite');
    const { store } = this;
    let isFirst = true;
    this.stop = effect(() => {
      const isSelected = [store.selection, store.picked, store.selectedArrow].some(
        ({ value }) => value !== null,
      );
      // What was selected before a reload is no news.
      if (!isFirst) this.announceSoon(isSelected);
      isFirst = false;
    });
  }

  disconnectedCallback(): void {
    this.stop?.();
    this.stop = null;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private announceSoon(isSelected: boolean): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.textContent = isSelected ? untracked(() => announcement(this.store)) : '';
    }, REST_MS);
  }
}

customElements.define('cviz-announcer', CvizAnnouncer);
