/*
 * Starts as Electron's program does on Windows, and runs the unpacked application by Node with a stand-in for Electron
 * (Node reads no asar). As Electron: subsystem "windows", so a prompt does not wait for it and gives it no console;
 * standard input at its end; what it writes goes where its parent has redirected it, else to the parent's console where
 * there is one (base/process/launch_win.cc, RouteStdioToConsole).
 *
 * STAND_IN_NODE and STAND_IN_RUN name node.exe and run-unpacked.ts. The arguments are passed on as they came.
 */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <wchar.h>

static wchar_t command[32768];

/* What stands behind the program's own name. */
static const wchar_t *given(const wchar_t *line) {
  if (*line == L'"') {
    for (line++; *line && *line != L'"'; line++);
    if (*line) line++;
  } else
    while (*line && *line != L' ' && *line != L'\t') line++;
  while (*line == L' ' || *line == L'\t') line++;
  return line;
}

static HANDLE opened(const wchar_t *name, DWORD access) {
  SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
  return CreateFileW(name, access, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, OPEN_EXISTING, 0, NULL);
}

static HANDLE output(DWORD which) {
  HANDLE own = GetStdHandle(which);
  if (own != NULL && own != INVALID_HANDLE_VALUE && GetFileType(own) != FILE_TYPE_UNKNOWN) {
    SetHandleInformation(own, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    return own;
  }
  return AttachConsole(ATTACH_PARENT_PROCESS) || GetLastError() == ERROR_ACCESS_DENIED ? opened(L"CONOUT$", GENERIC_READ | GENERIC_WRITE) : NULL;
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, PWSTR arguments, int shown) {
  wchar_t folder[MAX_PATH * 4], node[MAX_PATH * 4], run[MAX_PATH * 4];
  (void)instance, (void)before, (void)arguments, (void)shown;
  if (!GetModuleFileNameW(NULL, folder, MAX_PATH * 4)) return 1;
  *wcsrchr(folder, L'\\') = 0;
  if (!GetEnvironmentVariableW(L"STAND_IN_NODE", node, MAX_PATH * 4) || !GetEnvironmentVariableW(L"STAND_IN_RUN", run, MAX_PATH * 4)) return 1;
  if (swprintf(command, 32768, L"\"%ls\" \"%ls\" \"%ls\\resources\\app\\out\\main\\index.js\" %ls", node, run, folder, given(GetCommandLineW())) < 0) return 1;

  /* One program: when it is ended, so is what it started. */
  HANDLE job = CreateJobObjectW(NULL, NULL);
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
  SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);

  STARTUPINFOW start = {0};
  PROCESS_INFORMATION child;
  start.cb = sizeof start;
  start.dwFlags = STARTF_USESTDHANDLES;
  start.hStdInput = opened(L"NUL", GENERIC_READ);
  start.hStdOutput = output(STD_OUTPUT_HANDLE);
  start.hStdError = output(STD_ERROR_HANDLE);
  if (!CreateProcessW(NULL, command, NULL, NULL, TRUE, CREATE_SUSPENDED, NULL, NULL, &start, &child)) return 1;
  AssignProcessToJobObject(job, child.hProcess);
  ResumeThread(child.hThread);
  WaitForSingleObject(child.hProcess, INFINITE);
  DWORD code = 1;
  GetExitCodeProcess(child.hProcess, &code);
  return (int)code;
}
