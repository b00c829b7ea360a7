import { effect } from '@preact/signals-core';
import { LitElement } from 'lit';
import type { Palette } from './palette';
import type { PanelStore } from './store';
import type { ReadonlySignal } from '@preact/signals-core';

/**
 * A component that renders again when a signal it read while rendering has changed: at most once per animation
 * frame, and not at all while the document is hidden (then there are no frames).
 *
 * It renders into the page itself, without a shadow root: one style sheet serves all, icons' classes reach
 * everywhere, and labels may refer to each other's ids.
 */
export abstract class SignalElement extends LitElement {
  /** Set by whoever creates the element, before it renders. */
  store!: PanelStore;
  palette!: ReadonlySignal<Palette>;
  private stopTracking: (() => void) | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Signals were not watched while it was out of the page.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTracking?.();
    this.stopTracking = null;
  }

  protected override scheduleUpdate(): Promise<void> {
    // The first rendering does not wait: a tree of components would take a frame for each of its levels.
    if (!this.hasUpdated) {
      void super.scheduleUpdate();
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      requestAnimationFrame(() => {
        void super.scheduleUpdate();
        resolve();
      });
    });
  }

  protected override performUpdate(): void {
    if (!this.isUpdatePending) return;
    this.stopTracking?.();
    let isFirst = true;
    this.stopTracking = effect(() => {
      if (isFirst) {
        isFirst = false;
        super.performUpdate();
      } else {
        this.requestUpdate();
      }
    });
  }
}
