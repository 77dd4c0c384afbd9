/*
 * Stands in for the plugins of NSIS that electron-builder's scripts call (StdUtils, UAC, WinShell, nsis7z), as far as they
 * call them. tools.ts makes a library of each, which exports its own functions. They do what is asked for, except what Wine has
 * nothing of: rights are not raised, entries have no AppUserModelID.
 *
 * STAND_IN_7Z names 7z.exe.
 */
#define UNICODE
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <shellapi.h>
#include <wchar.h>

/* How NSIS calls (Contrib/ExDLL/pluginapi.h): values come and go on a stack, the top one first. */
struct value {
  struct value *below;
  wchar_t text[1];
};
#define FUNCTION(name) void __cdecl name(HWND window, int size, wchar_t *variables, struct value **stack)
#define UNUSED (void)window, (void)size, (void)variables, (void)stack

enum { longest = 8192 };

static void pop(struct value **stack, wchar_t *into) {
  struct value *top = *stack;
  into[0] = 0;
  if (top == NULL) return;
  lstrcpynW(into, top->text, longest);
  *stack = top->below;
  GlobalFree(top);
}

static void push(struct value **stack, int size, const wchar_t *text) {
  struct value *top = GlobalAlloc(GPTR, sizeof *top + size * sizeof *text);
  lstrcpynW(top->text, text, size);
  top->below = *stack;
  *stack = top;
}

/* What stands behind the program's own name. */
static const wchar_t *arguments(void) {
  const wchar_t *line = GetCommandLineW();
  BOOL quoted = *line == L'"';
  for (line += quoted; *line && (quoted ? *line != L'"' : *line > L' '); line++);
  line += quoted && *line;
  while (*line && *line <= L' ') line++;
  return line;
}

/* StdUtils */

FUNCTION(GetAllParameters) {
  wchar_t ignored[longest];
  UNUSED;
  pop(stack, ignored);
  push(stack, size, arguments());
}

/* `/name`, `-name` or `--name`, perhaps with a value. */
FUNCTION(TestParameter) {
  wchar_t name[longest];
  UNUSED;
  pop(stack, name);
  int count = 0, found = 0;
  size_t length = wcslen(name);
  wchar_t **given = CommandLineToArgvW(GetCommandLineW(), &count);
  for (int i = 1; i < count && !found; i++) {
    const wchar_t *each = given[i];
    if (*each != L'/' && *each != L'-') continue;
    each += wcsncmp(each, L"--", 2) == 0 ? 2 : 1;
    found = _wcsnicmp(each, name, length) == 0 && (each[length] == 0 || each[length] == L'=');
  }
  LocalFree(given);
  push(stack, size, found ? L"true" : L"false");
}

FUNCTION(GetParentPath) {
  wchar_t path[longest];
  UNUSED;
  pop(stack, path);
  wchar_t *last = wcsrchr(path, L'\\');
  if (last != NULL) *last = 0;
  push(stack, size, path);
}

FUNCTION(ExecShellAsUser) {
  wchar_t file[longest], verb[longest], given[longest];
  UNUSED;
  pop(stack, given);
  pop(stack, verb);
  pop(stack, file);
  push(stack, size, (INT_PTR)ShellExecuteW(NULL, verb, file, given, NULL, SW_SHOWNORMAL) > 32 ? L"ok" : L"error");
}

/* UAC */

/* 0: raise the rights (into $0 to $3), 2: has them, 3: is the process of another that has raised them. With `s`, on the stack. */
FUNCTION(_) {
  wchar_t asked[longest];
  UNUSED;
  pop(stack, asked);
  if (asked[0] == L'0') {
    const wchar_t *told[] = {L"0", L"2", L"0", L"1"};
    for (int i = 0; i < 4; i++) lstrcpynW(variables + i * size, told[i], size);
  } else
    push(stack, size, asked[0] == L'2' ? L"1" : L"0");
}

/* WinShell */

FUNCTION(SetLnkAUMI) {
  wchar_t ignored[longest];
  UNUSED;
  pop(stack, ignored);
  pop(stack, ignored);
}
FUNCTION(UninstAppUserModelId) {
  wchar_t ignored[longest];
  UNUSED;
  pop(stack, ignored);
}
FUNCTION(UninstShortcut) {
  wchar_t ignored[longest];
  UNUSED;
  pop(stack, ignored);
}

/* nsis7z: into the current folder. */
FUNCTION(Extract) {
  wchar_t archive[longest], program[longest], line[2 * longest + 64];
  UNUSED;
  pop(stack, archive);
  if (!GetEnvironmentVariableW(L"STAND_IN_7Z", program, longest)) return;
  if (swprintf(line, 2 * longest + 64, L"\"%ls\" x -y -bd \"%ls\"", program, archive) < 0) return;
  STARTUPINFOW start = {.cb = sizeof start};
  PROCESS_INFORMATION child;
  if (!CreateProcessW(NULL, line, NULL, NULL, FALSE, CREATE_NO_WINDOW, NULL, NULL, &start, &child)) return;
  WaitForSingleObject(child.hProcess, INFINITE);
  CloseHandle(child.hThread);
  CloseHandle(child.hProcess);
}
