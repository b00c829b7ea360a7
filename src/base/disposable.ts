export interface Disposable {
  dispose(): void;
}

/**
 * Owns disposables. Register one the moment it is created; adding to a store that is already disposed disposes
 * the newcomer at once, so nothing created during a shutdown is leaked.
 */
export class DisposableStore implements Disposable {
  private readonly items = new Set<Disposable>();
  private disposed = false;

  get isDisposed(): boolean {
    return this.disposed;
  }

  add<T extends Disposable>(item: T): T {
    if (this.disposed) item.dispose();
    else this.items.add(item);
    return item;
  }

  addCallback(callback: () => void): void {
    this.add({ dispose: callback });
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    const items = [...this.items].reverse();
    this.items.clear();
    for (const item of items) item.dispose();
  }
}
