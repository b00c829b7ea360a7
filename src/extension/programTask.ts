import { homedir } from 'node:os';
import {
  ProcessExecution,
  Task,
  TaskPanelKind,
  TaskRevealKind,
  TaskScope,
  tasks,
  workspace,
  type TaskExecution,
  type WorkspaceFolder,
} from 'vscode';
import { DisposableStore } from '../base/disposable';
import { err, ok, type Result } from '../base/result';
import { problems, type Problem } from '../panel/problems';
import { taskType } from './contributionIds';
import type { ProgramListener, TerminalProgram } from './observedProgram';

export interface ProgramTask {
  readonly script: string;
  /** Runs of a script with the same number share a terminal, one after the other; others may run at the same time. */
  readonly terminal: number;
  readonly title: string;
  readonly folder: WorkspaceFolder | undefined;
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The first number of a terminal for this script that is neither taken nor busy: a program may outlive its panel. */
export function freeTerminal(script: string, taken: readonly number[]): number {
  const busy = tasks.taskExecutions
    .map(({ task }) => task.definition)
    .filter(({ type, script: running }) => type === taskType && running === script)
    .map((definition): unknown => definition['terminal']);
  let number = 1;
  while (taken.includes(number) || busy.includes(number)) number++;
  return number;
}

/** Runs a program as a VS Code task: in a real terminal, which gets the focus, with its own stdin and Ctrl+C. */
export async function launchInTerminal(
  program: ProgramTask,
  listener: ProgramListener,
): Promise<Result<TerminalProgram, Problem>> {
  const events = new TaskEvents(listener);
  try {
    const execution = await tasks.executeTask(taskOf(program));
    events.follow(execution);
    return ok({
      over: events.over,
      terminate: () => execution.terminate(),
      dispose: () => events.dispose(),
    });
  } catch (error) {
    events.dispose();
    return err(problems.taskRefused(error instanceof Error ? error.message : String(error)));
  }
}

function taskOf(program: ProgramTask): Task {
  const needsDetour = isInEmptyWindow() && program.cwd !== homedir();
  const task = new Task(
    // VS Code takes tasks of equal definitions for the same task, and never runs one twice at a time.
    { type: taskType, script: program.script, terminal: program.terminal },
    program.folder ?? (TaskScope.Workspace as const),
    program.title,
    'Concurrency Visualizer',
    needsDetour ? executionByWayOfHome(program) : executionOf(program),
    [],
  );
  task.presentationOptions = {
    reveal: TaskRevealKind.Always,
    panel: TaskPanelKind.Dedicated,
    focus: true,
    // The detour's command line would puzzle people.
    echo: !needsDetour,
    clear: false,
    showReuseMessage: true,
  };
  return task;
}

function executionOf({ file, args, cwd, env }: ProgramTask): ProcessExecution {
  return new ProcessExecution(file, [...args], { cwd, env: { ...env } });
}

function isInEmptyWindow(): boolean {
  return (workspace.workspaceFolders ?? []).length === 0;
}

/**
 * In a window without a folder, recent versions of VS Code start no terminal outside the user's home ("Cannot launch a
 * terminal process in an empty workspace", seen with 1.139). So it starts there, in a shell that moves on and then
 * becomes the program: same pid, same terminal. On Windows nothing can become something else: there the program has to
 * do with the home folder.
 */
function executionByWayOfHome({ file, args, cwd, env }: ProgramTask): ProcessExecution {
  const options = { cwd: homedir(), env: { ...env } };
  if (process.platform === 'win32') return new ProcessExecution(file, [...args], options);
  return new ProcessExecution('/bin/sh', ['-c', 'cd "$0" && exec "$@"', cwd, file, ...args], options);
}

/** Picks the events of one execution. They may come before `executeTask` has answered which one it is. */
class TaskEvents {
  private readonly subscriptions = new DisposableStore();
  private early: ((() => void) & { of?: TaskExecution })[] | null = [];
  private execution: TaskExecution | null = null;
  private setOver: () => void = () => undefined;
  readonly over = new Promise<void>((resolve) => (this.setOver = resolve));

  constructor(listener: ProgramListener) {
    const { subscriptions } = this;
    subscriptions.add(
      tasks.onDidStartTaskProcess(({ execution, processId }) =>
        this.when(execution, () => {
          // Without a process (no such program, no such directory) VS Code says this too, against its typings.
          if (Number.isInteger(processId)) listener.started(processId);
        }),
      ),
    );
    subscriptions.add(
      tasks.onDidEndTaskProcess(({ execution, exitCode }) =>
        this.when(execution, () => listener.exited(knownCode(exitCode))),
      ),
    );
    // A terminal that was closed, or a task that never got a process, may end with this event alone.
    subscriptions.add(
      tasks.onDidEndTask(({ execution }) =>
        this.when(execution, () => {
          listener.exited(null);
          this.setOver();
        }),
      ),
    );
  }

  follow(execution: TaskExecution): void {
    this.execution = execution;
    const early = this.early ?? [];
    this.early = null;
    for (const event of early) if (event.of === execution) event();
  }

  private when(execution: TaskExecution, event: () => void): void {
    if (this.early !== null) this.early.push(Object.assign(event, { of: execution }));
    else if (execution === this.execution) event();
  }

  dispose(): void {
    this.subscriptions.dispose();
  }
}

/**
 * VS Code reports 0 also for a program that was ended by a signal (node-pty keeps the signal apart, the task service
 * drops it; seen with 1.100 and 1.139), so 0 says nothing: whether the program itself ended with 0 is for its probe to
 * say. After `terminate` there is no code at all.
 */
function knownCode(exitCode: number | undefined): number | null {
  return exitCode === undefined || exitCode === 0 ? null : exitCode;
}
