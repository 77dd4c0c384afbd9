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

; msi.upgradeCode of electron-builder.yml.
!define MSI_UPGRADE_CODE "{C4AC5DE8-21DC-4D6E-B4CD-8DA964B3D36D}"

; Windows Installer names the products of our upgrade code (MsiEnumRelatedProducts: 0 = there is one). The exit code is
; ERROR_PRODUCT_VERSION, which software distribution knows.
!macro customInit
  System::Call 'msi::MsiEnumRelatedProductsW(w "${MSI_UPGRADE_CODE}", i 0, i 0, w .r0) i .r1'
  ${If} $1 == 0
    MessageBox MB_OK|MB_ICONSTOP "$(msiInstalled)" /SD IDOK
    SetErrorLevel 1638
    Quit
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

  ; An update removes the version before it, and keeps what the person put on the desktop.
  !macro customUnInstall
    ${IfNot} ${isUpdated}
      WinShell::UninstShortcut "$oldDesktopLink"
      Delete "$oldDesktopLink"
      ; What Electron writes for this Windows user with the first notification: its class (main/shell/windows-identity.ts), and an
      ; entry in the Start menu beside that of an installation for all users.
      DeleteRegKey HKCU "Software\Classes\CLSID\{B6B4DF07-9D04-4BE9-8773-8B98E6211479}"
      Delete "$APPDATA\Microsoft\Windows\Start Menu\Programs\${PRODUCT_NAME}.lnk"
      ${If} ${isDeleteAppData}
        Call un.removeData
      ${EndIf}
    ${EndIf}
  !macroend

  ; Not ticked: data stays. Removed is that of whoever uninstalls: each user's is in their own profile.
  !macro customUnInstallSection
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
