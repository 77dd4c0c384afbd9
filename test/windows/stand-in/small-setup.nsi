; A setup program that uninstalls with assets/installer/own-files.nsh, and has no plugin of others in it: Debian's makensis
; compiles it, and it runs in Wine. FILES, OUT and PROJECT_DIR are given.
Unicode true
Name "Small"
OutFile "${OUT}"
RequestExecutionLevel user
SilentInstall silent
SilentUnInstall silent
InstallDir "$LOCALAPPDATA\Programs\Small"

!include LogicLib.nsh
!include FileFunc.nsh
!define UNINSTALL_FILENAME "Uninstall Small.exe"

; The flag of electron-builder's updates.
Var updated
!macro _isUpdated _a _b _t _f
  !insertmacro _== $updated 1 `${_t}` `${_f}`
!macroend
!define isUpdated `"" isUpdated ""`

Section
  SetOutPath $INSTDIR
  File /r "${FILES}/*"
  WriteUninstaller "$INSTDIR\${UNINSTALL_FILENAME}"
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
SectionEnd
