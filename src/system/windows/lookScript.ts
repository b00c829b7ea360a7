/**
 * What the one long-lived PowerShell does, in PowerShell 5.1 and 7 alike. Its first line of input defines the function
 * Get-Look, every further one calls it with the pids of the program's processes. Each look prints lines of a word and
 * JSON, in UTF-8, numbers and names in no language's form:
 *
 *     found [{"Name","ProcessId","ParentProcessId","CreationDate","CommandLine"}]   processes it had not seen before
 *     lost [pid]                                                                    processes that are no more
 *     process [pid,cpu,workingSet,privateBytes,priority] [[tid,state,waitReason,cpu,priority,start]]
 *     unreadable [pid] reason
 *     failed reason                                                                 nothing could be told
 *     end [asked,frequency,cpu]
 *
 * CPU times are in 100 ns, starts in 100 ns since 1970, states and reasons .NET's numbers for System.Diagnostics.ThreadState
 * and ThreadWaitReason (-1: does not wait). `asked` is the Stopwatch's count, the same clock as process.hrtime.
 * `cpu` of the end is PowerShell's own so far.
 *
 * All processes and threads come from one cheap system call (GetProcesses); parents and command lines only WMI tells, so it
 * is asked for new processes alone. Pids are reused within a moment: a first thread of another number is another process.
 * A process without threads has ended and is only still referred to. What may not be read is null: calling a method of that
 * fails at once, so no line has a hole in it.
 */
const DEFINITION = `
$ErrorActionPreference = 'Stop';
$out = New-Object System.IO.StreamWriter([Console]::OpenStandardOutput(), (New-Object System.Text.UTF8Encoding($false)));
$self = [System.Diagnostics.Process]::GetCurrentProcess();
$seen = @{};
function Get-Look([int[]]$tree) {
  $asked = [System.Diagnostics.Stopwatch]::GetTimestamp();
  try {
    $now = @{};
    $byPid = @{};
    $new = New-Object System.Collections.ArrayList;
    foreach ($p in [System.Diagnostics.Process]::GetProcesses()) {
      $threads = $p.Threads;
      if ($threads.Count -eq 0) { continue };
      $id = $p.Id;
      $byPid[$id] = $p;
      $now[$id] = $threads[0].Id;
      if ($seen[$id] -ne $now[$id]) { [void]$new.Add($id) }
    };
    $lost = @(foreach ($id in $seen.Keys) { if (-not $now.ContainsKey($id)) { $id } });
    if ($lost.Count -gt 0) { $out.WriteLine('lost [' + ($lost -join ',') + ']') };
    if ($new.Count -gt 0) {
      $query = 'SELECT Name,ProcessId,ParentProcessId,CreationDate,CommandLine FROM Win32_Process';
      if ($new.Count -le 20) { $query += ' WHERE ProcessId=' + ($new -join ' OR ProcessId=') };
      $found = @(Get-CimInstance -Query $query | Select-Object Name,ProcessId,ParentProcessId,CreationDate,CommandLine);
      if ($found.Count -gt 0) { $out.WriteLine('found ' + (ConvertTo-Json -Compress -InputObject $found)) }
    };
    $global:seen = $now;
    foreach ($id in $tree) {
      $p = $byPid[$id];
      if ($null -eq $p) { continue };
      try {
        $threads = @(foreach ($t in $p.Threads) {
          try {
            $wait = -1;
            if ($t.ThreadState -eq 'Wait') { $wait = [int]$t.WaitReason };
            $start = $t.StartTime.ToUniversalTime().Ticks - 621355968000000000;
            $cpu = $t.TotalProcessorTime.Ticks.ToString();
            '[' + (($t.Id, ([int]$t.ThreadState), $wait, $cpu, $t.BasePriority, $start) -join ',') + ']'
          } catch { }
        });
        $cpu = $p.TotalProcessorTime.Ticks.ToString();
        $figures = ($id, $cpu, $p.WorkingSet64, $p.PrivateMemorySize64, $p.BasePriority) -join ',';
        $out.WriteLine('process [' + $figures + '] [' + ($threads -join ',') + ']')
      } catch { $out.WriteLine('unreadable [' + $id + '] ' + $_.Exception.GetBaseException().GetType().Name) }
    };
    foreach ($p in $byPid.Values) { $p.Dispose() }
  } catch { $out.WriteLine('failed ' + $_.Exception.GetBaseException().GetType().Name) };
  $self.Refresh();
  $out.WriteLine('end [' + (($asked, [System.Diagnostics.Stopwatch]::Frequency, $self.TotalProcessorTime.Ticks) -join ',') + ']');
  $out.Flush()
}
`;

/** Where policy confines PowerShell to its constrained language, none of the above is allowed: then it says so, and ends. */
const GUARD = `
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') { Write-Output 'failed ConstrainedLanguage'; exit }
`;

/**
 * PowerShell reads statements from its input line by line, so each one is a line of its own: the guard must have been run
 * before the definition, and the definition is one statement after the other.
 */
export const FIRST_LINES = [GUARD, DEFINITION]
  .map((part) => `${part.replace(/\s+/g, ' ').trim()}\r\n`)
  .join('');

export const POWERSHELL_ARGUMENTS = [
  '-NoLogo',
  '-NoProfile',
  '-NonInteractive',
  '-InputFormat',
  'Text',
  '-Command',
  '-',
];

export function lookLine(pids: readonly number[]): string {
  return `Get-Look @(${pids.join(',')})\r\n`;
}
