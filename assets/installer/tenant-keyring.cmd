@echo off
rem Tenant Keyring's command line. A batch file waits for the program, which a prompt would not ("start /?").
rem Behind "--" Electron takes nothing for its own and lets addresses through; the arguments go on as they were typed.
setlocal DisableDelayedExpansion
rem The program writes UTF-8, and to a console that Electron attached its bytes (electron/electron, issue 49427):
rem the console reads them as UTF-8 meanwhile, and as before afterwards.
set "TENANT_KEYRING_CODE_PAGE="
for /f "tokens=2 delims=:." %%p in ('%SystemRoot%\System32\chcp.com 2^>nul') do set "TENANT_KEYRING_CODE_PAGE=%%p"
%SystemRoot%\System32\chcp.com 65001 >nul 2>nul
"%~dp0Tenant Keyring.exe" -- cli %*
set "TENANT_KEYRING_ENDED=%ERRORLEVEL%"
if defined TENANT_KEYRING_CODE_PAGE %SystemRoot%\System32\chcp.com %TENANT_KEYRING_CODE_PAGE% >nul 2>nul
exit /b %TENANT_KEYRING_ENDED%
