; What Tenant Keyring adds to electron-builder's installer (its hooks: "Custom NSIS script", electron-builder's documentation).
; In each text 1033 is English, 1036 French, 1031 German.

LangString msiInstalled 1033 "Tenant Keyring was installed on this PC from an MSI package, by an administrator or by software distribution.$\r$\n$\r$\nUninstall that first. Your list, settings and keys stay."
LangString msiInstalled 1036 "Tenant Keyring a été installé sur ce PC depuis un paquet MSI, par un administrateur ou par télédistribution.$\r$\n$\r$\nDésinstallez-le d’abord. Votre liste, vos paramètres et vos clés restent."
LangString msiInstalled 1031 "Tenant Keyring wurde auf diesem PC aus einem MSI-Paket installiert, von einem Administrator oder durch Softwareverteilung.$\r$\n$\r$\nDeinstallieren Sie es zuerst. Liste, Einstellungen und Schlüssel bleiben."

LangString desktopEntry 1033 "Put an entry on the desktop"
LangString desktopEntry 1036 "Placer un raccourci sur le bureau"
LangString desktopEntry 1031 "Verknüpfung auf dem Desktop anlegen"

LangString programSection 1033 "Tenant Keyring"
LangString programSection 1036 "Tenant Keyring"
LangString programSection 1031 "Tenant Keyring"

LangString dataSection 1033 "My list, settings and logs"
LangString dataSection 1036 "Ma liste, mes paramètres et journaux"
LangString dataSection 1031 "Meine Liste, Einstellungen und Protokolle"

LangString dataKept 1033 "Tenant Keyring has been removed from this PC.$\r$\n$\r$\nYour list, settings and logs stay in %LOCALAPPDATA%\Tenant Keyring, and the keys in the Windows Credential Manager, in entries that begin with “Tenant Keyring”. A new installation finds both again."
LangString dataKept 1036 "Tenant Keyring a été supprimé de ce PC.$\r$\n$\r$\nVotre liste, vos paramètres et journaux restent dans %LOCALAPPDATA%\Tenant Keyring, et les clés dans le Gestionnaire d’informations d’identification de Windows, dans les entrées qui commencent par « Tenant Keyring ». Une nouvelle installation les retrouve."
LangString dataKept 1031 "Tenant Keyring wurde von diesem PC entfernt.$\r$\n$\r$\nListe, Einstellungen und Protokolle bleiben in %LOCALAPPDATA%\Tenant Keyring, die Schlüssel in der Windows-Anmeldeinformationsverwaltung, in Einträgen, die mit „Tenant Keyring“ beginnen. Eine neue Installation findet beides wieder."

LangString dataRemoved 1033 "Tenant Keyring has been removed from this PC, and with it the list, settings and logs of this Windows user.$\r$\n$\r$\nThe keys stay in the Windows Credential Manager, in entries that begin with “Tenant Keyring”. Remove them there when no server needs them any more."
LangString dataRemoved 1036 "Tenant Keyring a été supprimé de ce PC, avec la liste, les paramètres et les journaux de cet utilisateur Windows.$\r$\n$\r$\nLes clés restent dans le Gestionnaire d’informations d’identification de Windows, dans les entrées qui commencent par « Tenant Keyring ». Supprimez-les là quand aucun serveur n’en a plus besoin."
LangString dataRemoved 1031 "Tenant Keyring wurde von diesem PC entfernt, mitsamt Liste, Einstellungen und Protokollen dieses Windows-Benutzers.$\r$\n$\r$\nDie Schlüssel bleiben in der Windows-Anmeldeinformationsverwaltung, in Einträgen, die mit „Tenant Keyring“ beginnen. Entfernen Sie sie dort, wenn kein Server sie mehr braucht."

LangString newerInstalled 1033 "A newer version of Tenant Keyring is installed on this PC.$\r$\n$\r$\nUninstall it first. Your list, settings and keys stay, but this version may be unable to open a list that a newer one has changed."
LangString newerInstalled 1036 "Une version plus récente de Tenant Keyring est installée sur ce PC.$\r$\n$\r$\nDésinstallez-la d’abord. Votre liste, vos paramètres et vos clés restent, mais cette version ne pourra peut-être pas ouvrir une liste modifiée par une version plus récente."
LangString newerInstalled 1031 "Auf diesem PC ist eine neuere Version von Tenant Keyring installiert.$\r$\n$\r$\nDeinstallieren Sie diese zuerst. Liste, Einstellungen und Schlüssel bleiben, aber diese Version kann eine Liste, die eine neuere geändert hat, möglicherweise nicht öffnen."

LangString folderNotEmpty 1033 "The folder $INSTDIR is not empty, and Tenant Keyring is not in it.$\r$\n$\r$\nGive a folder of its own, such as $INSTDIR\Tenant Keyring."
LangString folderNotEmpty 1036 "Le dossier $INSTDIR n’est pas vide, et Tenant Keyring n’y est pas installé.$\r$\n$\r$\nIndiquez un dossier réservé au programme, par exemple $INSTDIR\Tenant Keyring."
LangString folderNotEmpty 1031 "Der Ordner $INSTDIR ist nicht leer, und Tenant Keyring ist nicht darin installiert.$\r$\n$\r$\nGeben Sie einen eigenen Ordner an, etwa $INSTDIR\Tenant Keyring."

; msi.upgradeCode of electron-builder.yml. A setup program of the tests has its own: the whole one is tested beside it.
!ifndef MSI_UPGRADE_CODE
!define MSI_UPGRADE_CODE "{C4AC5DE8-21DC-4D6E-B4CD-8DA964B3D36D}"
!endif

; updaterCacheDirName of electron-builder: the name in package.json, and "-updater".
!ifndef UPDATER_FOLDER
!define UPDATER_FOLDER "tenant-keyring-updater"
!endif

!include WordFunc.nsh
!include FileFunc.nsh

!macro refuseWith TEXT CODE
  MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

!macro customInit
  ; Windows Installer names the products of our upgrade code (MsiEnumRelatedProducts: 0 = there is one). The exit code is
  ; ERROR_PRODUCT_VERSION, which software distribution knows.
  System::Call 'msi::MsiEnumRelatedProductsW(w "${MSI_UPGRADE_CODE}", i 0, i 0, w .r0) i .r1'
  ${If} $1 == 0
    !insertmacro refuseWith "$(msiInstalled)" 1638
  ${EndIf}

  ReadRegStr $0 SHELL_CONTEXT "${UNINSTALL_REGISTRY_KEY}" DisplayVersion
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 == 1
      !insertmacro refuseWith "$(newerInstalled)" 1638
    ${EndIf}
  ${EndIf}

  ; `/D=C:\Tools` where there are tools: ERROR_DIR_NOT_EMPTY. A folder of our name may hold what an uninstallation left.
  !insertmacro GetDParameter $0
  ${If} $0 != ""
  ${AndIfNot} ${FileExists} "$INSTDIR\${UNINSTALL_FILENAME}"
    ${GetFileName} "$INSTDIR" $0
    ${DirState} "$INSTDIR" $1
    ${If} $1 == 1
    ${AndIf} $0 != "${PRODUCT_FILENAME}"
      !insertmacro refuseWith "$(folderNotEmpty)" 145
    ${EndIf}
  ${EndIf}
!macroend

; True where Windows refuses to open our program for writing because it runs (ERROR_SHARING_VIOLATION). Where this user may
; not write at all it is asked again later, by the process that may.
!macro ifProgramRuns RESULT
  System::Call 'kernel32::CreateFileW(w "$INSTDIR\${APP_EXECUTABLE_FILENAME}", i 0x40000000, i 7, p 0, i 3, i 0, p 0) p .r0 ?e'
  Pop $1
  StrCpy ${RESULT} 0
  ${If} $0 != -1
    System::Call 'kernel32::CloseHandle(p r0)'
  ${ElseIf} $1 == 32
    StrCpy ${RESULT} 1
  ${EndIf}
!macroend

; In the place of electron-builder's, which ends every program whose path begins with ours, and finds none where the path
; has an apostrophe. The path goes by the environment, where nothing in it means anything to PowerShell.
!macro customCheckAppRunning
  Push $0
  Push $1
  Push $2
  Push $3
  StrCpy $3 0
  ${Do}
    !insertmacro ifProgramRuns $2
    ${If} $2 == 0
      ${Break}
    ${EndIf}
    ${If} $3 == 0
    ${AndIfNot} ${isUpdated}
      ${If} ${Cmd} `MessageBox MB_OKCANCEL|MB_ICONEXCLAMATION "$(appRunning)" /SD IDOK IDCANCEL`
        SetErrorLevel 2
        Quit
      ${EndIf}
    ${ElseIf} $3 > 10
      ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(appCannotBeClosed)" /SD IDCANCEL IDCANCEL`
        SetErrorLevel 2
        Quit
      ${EndIf}
      StrCpy $3 0
    ${EndIf}
    ; An update comes from the program itself, which is about to end.
    ${IfNot} ${isUpdated}
    ${OrIf} $3 > 5
      System::Call 'kernel32::SetEnvironmentVariableW(w "TENANT_KEYRING_PROGRAM", w "$INSTDIR\${APP_EXECUTABLE_FILENAME}")'
      ; Asked first, ended by force from the third time on.
      StrCpy $2 "$$_.CloseMainWindow()"
      ${If} $3 > 2
        StrCpy $2 "Stop-Process -Id $$_.Id -Force"
      ${EndIf}
      nsExec::Exec `"$PowerShellPath" -NoProfile -NonInteractive -Command "Get-Process | Where-Object { $$_.Path -eq $$env:TENANT_KEYRING_PROGRAM } | ForEach-Object { $2 }"`
      Pop $2
    ${EndIf}
    Sleep 500
    IntOp $3 $3 + 1
  ${Loop}
  Pop $3
  Pop $2
  Pop $1
  Pop $0
!macroend

; electron-builder keeps a copy of the setup program, of which an update then loads what has changed. A build that is not
; signed takes no updates.
!macro customInstall
  !if "$%DIST_MARK%" == "-unsigned"
    !insertmacro removeUpdaterFiles
  !endif
!macroend

!macro removeUpdaterFiles
  SetShellVarContext current
  RMDir /r "$LOCALAPPDATA\${UPDATER_FOLDER}"
  ${If} $installMode == "all"
    SetShellVarContext all
  ${EndIf}
!macroend

; The last page: start now (as the person, not as the administrator who installed), and an entry on the desktop.
!macro customFinishPage
  Function startAsUser
    ${StdUtils.ExecShellAsUser} $0 "$launchLink" "open" ""
  FunctionEnd
  Function addDesktopEntry
    CreateShortCut "$newDesktopLink" "$appExe" "" "$appExe" 0 "" "" "${APP_DESCRIPTION}"
    ClearErrors
    WinShell::SetLnkAUMI "$newDesktopLink" "${APP_ID}"
  FunctionEnd
  !define MUI_FINISHPAGE_RUN
  !define MUI_FINISHPAGE_RUN_FUNCTION startAsUser
  !define MUI_FINISHPAGE_SHOWREADME ""
  !define MUI_FINISHPAGE_SHOWREADME_TEXT "$(desktopEntry)"
  !define MUI_FINISHPAGE_SHOWREADME_NOTCHECKED
  !define MUI_FINISHPAGE_SHOWREADME_FUNCTION addDesktopEntry
  !insertmacro MUI_PAGE_FINISH
!macroend

!ifdef BUILD_UNINSTALLER
  !define UNINSTALL_SECTION_NAME "$(programSection)"
  Var dataText

  !macro customUnInit
    StrCpy $dataText "$(dataKept)"
  !macroend

  !macro customRemoveFiles
    Call un.removeOwnFiles
  !macroend

  ; An update removes the version before it, and keeps what the person put on the desktop.
  !macro customUnInstall
    ${IfNot} ${isUpdated}
      WinShell::UninstShortcut "$oldDesktopLink"
      Delete "$oldDesktopLink"
      ; What Electron writes for this Windows user with the first notification: its class (main/shell/windows-identity.ts), and an
      ; entry in the Start menu beside that of an installation for all users.
      DeleteRegKey HKCU "Software\Classes\CLSID\{B6B4DF07-9D04-4BE9-8773-8B98E6211479}"
      Delete "$APPDATA\Microsoft\Windows\Start Menu\Programs\${PRODUCT_NAME}.lnk"
      !insertmacro removeUpdaterFiles
      ${If} ${isDeleteAppData}
        Call un.removeData
      ${EndIf}
    ${EndIf}
  !macroend

  ; Not ticked: data stays. Removed is that of whoever uninstalls: each user's is in their own profile.
  !macro customUnInstallSection
    !include "${PROJECT_DIR}/assets/installer/own-files.nsh"
    Function un.removeData
      SetShellVarContext current
      RMDir /r "$LOCALAPPDATA\Tenant Keyring"
      ${If} $installMode == "all"
        SetShellVarContext all
      ${EndIf}
      StrCpy $dataText "$(dataRemoved)"
    FunctionEnd
    Section /o "un.$(dataSection)"
      Call un.removeData
    SectionEnd
  !macroend

  !macro customUninstallPage
    !define MUI_FINISHPAGE_TEXT "$dataText"
  !macroend
!endif
