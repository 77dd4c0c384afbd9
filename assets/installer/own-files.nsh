; Removes what the setup program installed, and nothing else: the folder may have been there before (`/D=C:\Tools`), and
; whatever somebody puts into it later is theirs.
;
; dist.ts writes the list: one path from the program's folder on each line, files first, then folders (which end with a
; backslash), the deepest first. It is installed with the program, so each version knows its own files.

!define OWN_FILES "resources\installed-files.txt"

; Pushes 1 where the path leads out of the folder: the list may have been changed by somebody who may write there.
Function un.leadsOut
  Exch $0
  Push $1
  Push $2
  StrCpy $1 0
  StrCpy $2 $0 1
  ${If} $2 == "\"
    Goto out
  ${EndIf}
  ${Do}
    StrCpy $2 $0 2 $1
    ${If} $2 == ""
      StrCpy $0 0
      Goto done
    ${EndIf}
    ${If} $2 == ".."
      Goto out
    ${EndIf}
    StrCpy $2 $2 1
    ${If} $2 == ":"
    ${OrIf} $2 == "/"
      Goto out
    ${EndIf}
    IntOp $1 $1 + 1
  ${Loop}
  out:
    StrCpy $0 1
  done:
  Pop $2
  Pop $1
  Exch $0
FunctionEnd

; Reads the next path into $1, without the end of the line; empty at the end of the list.
Function un.nextOwnFile
  Push $2
  again:
  ClearErrors
  FileRead $0 $1
  ${If} ${Errors}
    StrCpy $1 ""
    Goto done
  ${EndIf}
  ${Do}
    StrCpy $2 $1 1 -1
    ${If} $2 == "$\r"
    ${OrIf} $2 == "$\n"
      StrCpy $1 $1 -1
    ${Else}
      ${Break}
    ${EndIf}
  ${Loop}
  ${If} $1 == ""
    Goto again
  ${EndIf}
  Push $1
  Call un.leadsOut
  Pop $2
  ${If} $2 == 1
    Goto again
  ${EndIf}
  done:
  Pop $2
FunctionEnd

; Before an update: every file is moved aside, or none. Pushes the path of the file that is in use, empty when all are moved.
; What lies aside has the number of its line.
Function un.moveOwnFilesAside
  Push $0
  Push $1
  Push $2
  Push $3
  Push $4
  StrCpy $3 ""
  StrCpy $2 0
  CreateDirectory "$PLUGINSDIR\aside"
  FileOpen $0 "$PLUGINSDIR\own-files.txt" r
  ${Do}
    Call un.nextOwnFile
    ${If} $1 == ""
      ${Break}
    ${EndIf}
    IntOp $2 $2 + 1
    StrCpy $4 $1 1 -1
    ${If} $4 != "\"
    ${AndIf} ${FileExists} "$INSTDIR\$1"
      ClearErrors
      Rename "$INSTDIR\$1" "$PLUGINSDIR\aside\$2"
      ${If} ${Errors}
        StrCpy $3 $1
        ${Break}
      ${EndIf}
    ${EndIf}
  ${Loop}
  FileClose $0
  ${If} $3 != ""
    StrCpy $2 0
    FileOpen $0 "$PLUGINSDIR\own-files.txt" r
    ${Do}
      Call un.nextOwnFile
      ${If} $1 == ""
        ${Break}
      ${EndIf}
      IntOp $2 $2 + 1
      ${If} ${FileExists} "$PLUGINSDIR\aside\$2"
        Rename "$PLUGINSDIR\aside\$2" "$INSTDIR\$1"
      ${EndIf}
    ${Loop}
    FileClose $0
  ${EndIf}
  StrCpy $0 $3
  Pop $4
  Pop $3
  Pop $2
  Pop $1
  Exch $0
FunctionEnd

Function un.removeOwnFiles
  Push $0
  Push $1
  Push $2
  ; Out of the folder, so that it can be removed; the list goes first of all, and is still read.
  SetOutPath $TEMP
  InitPluginsDir
  CopyFiles /SILENT "$INSTDIR\${OWN_FILES}" "$PLUGINSDIR\own-files.txt"
  ${If} ${isUpdated}
    Call un.moveOwnFilesAside
    Pop $0
    ${If} $0 != ""
      DetailPrint "In use: $INSTDIR\$0"
      SetErrorLevel 2
      Abort
    ${EndIf}
  ${EndIf}
  FileOpen $0 "$PLUGINSDIR\own-files.txt" r
  ${Do}
    Call un.nextOwnFile
    ${If} $1 == ""
      ${Break}
    ${EndIf}
    StrCpy $2 $1 1 -1
    ${If} $2 == "\"
      StrCpy $2 $1 -1
      RMDir "$INSTDIR\$2"
    ${Else}
      Delete "$INSTDIR\$1"
    ${EndIf}
  ${Loop}
  FileClose $0
  Delete "$INSTDIR\uninstallerIcon.ico"
  Delete "$INSTDIR\${UNINSTALL_FILENAME}"
  RMDir "$INSTDIR"
  ClearErrors
  Pop $2
  Pop $1
  Pop $0
FunctionEnd
