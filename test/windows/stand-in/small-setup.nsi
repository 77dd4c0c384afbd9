; A setup program with what assets/installer adds to electron-builder's, and no plugin of others in it: Debian's makensis
; compiles it, and it runs in Wine. FILES, OUT, VERSION and PROJECT_DIR are given.
Unicode true
Name "Small"
OutFile "${OUT}"
RequestExecutionLevel user
SilentInstall silent
SilentUnInstall silent
InstallDir "$LOCALAPPDATA\Programs\Small"

!include LogicLib.nsh
!include FileFunc.nsh
LoadLanguageFile "${NSISDIR}/Contrib/Language files/English.nlf"
LoadLanguageFile "${NSISDIR}/Contrib/Language files/French.nlf"
LoadLanguageFile "${NSISDIR}/Contrib/Language files/German.nlf"

; What electron-builder's own scripts bring.
!define PRODUCT_FILENAME "Small"
!define APP_EXECUTABLE_FILENAME "Small.exe"
!define UNINSTALL_FILENAME "Uninstall Small.exe"
; What the computer has once is not shared with the whole setup program, which is tested at the same time.
!define MSI_UPGRADE_CODE "{5B0C1D5E-6E0F-4F6B-9C53-0A4E1E1B7A11}"
!define UPDATER_FOLDER "tenant-keyring-small-updater"
!define UNINSTALL_REGISTRY_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\tenant-keyring-small"
Var installMode
Var PowerShellPath
Var updated
!macro _isUpdated _a _b _t _f
  !insertmacro _== $updated 1 `${_t}` `${_f}`
!macroend
!define isUpdated `"" isUpdated ""`
!macro texts LANGUAGE
  LangString appRunning ${LANGUAGE} "It runs."
  LangString appCannotBeClosed ${LANGUAGE} "It cannot be closed."
!macroend
!insertmacro texts 1033
!insertmacro texts 1036
!insertmacro texts 1031
; NSIS keeps the folder of /D= to itself.
!macro GetDParameter RESULT
  System::Call 'kernel32::GetCommandLineW() w .r9'
  StrCpy ${RESULT} ""
  ${WordFind} "$9" "/D=" "+1}" ${RESULT}
  ${If} ${RESULT} == $9
    StrCpy ${RESULT} ""
  ${EndIf}
!macroend

!include "${PROJECT_DIR}/assets/installer/installer.nsh"

Function .onInit
  StrCpy $installMode "CurrentUser"
  StrCpy $PowerShellPath "$SYSDIR\WindowsPowerShell\v1.0\powershell.exe"
  !insertmacro customInit
FunctionEnd

Section
  !insertmacro customCheckAppRunning
  SetOutPath $INSTDIR
  File /r "${FILES}/*"
  WriteUninstaller "$INSTDIR\${UNINSTALL_FILENAME}"
  WriteRegStr HKCU "${UNINSTALL_REGISTRY_KEY}" DisplayVersion "${VERSION}"
SectionEnd

!include "${PROJECT_DIR}/assets/installer/own-files.nsh"

Section Uninstall
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "--updated" $1
  ${IfNot} ${Errors}
    StrCpy $updated 1
  ${EndIf}
  Call un.removeOwnFiles
  DeleteRegKey HKCU "${UNINSTALL_REGISTRY_KEY}"
SectionEnd
