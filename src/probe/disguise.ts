import { defineProperty, deleteProperty, getOwnPropertyDescriptor } from './builtIns';

interface PreloadedProcess {
  readonly _preload_modules?: readonly string[];
}

/** Takes the traces of having been preloaded out of the places where a program can see its modules. */
export function hideFromProgram(file: string): void {
  deleteProperty(require.cache, file);
  const { _preload_modules: preloaded } = process as unknown as PreloadedProcess;
  const descriptor = getOwnPropertyDescriptor(process, '_preload_modules');
  if (preloaded === undefined || descriptor?.configurable !== true) return;
  defineProperty(process, '_preload_modules', {
    ...descriptor,
    value: preloaded.filter((name) => name !== file),
  });
}
