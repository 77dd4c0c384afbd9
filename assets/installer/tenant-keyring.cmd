@echo off
rem Tenant Keyring's command line. A batch file waits for the program, which a prompt would not ("start /?").
rem Behind "--" Electron takes nothing for its own and lets addresses through; the arguments go on as they were typed.
setlocal DisableDelayedExpansion
"%~dp0Tenant Keyring.exe" -- cli %*
exit /b %ERRORLEVEL%
