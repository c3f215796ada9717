; The installer for Windows. build_installer.ps1 calls the compiler of Inno Setup (6.3 or newer) with Version and NumericVersion.
;
; Per user or for all: asked at the start, or /CURRENTUSER and /ALLUSERS. Silent: /VERYSILENT /SUPPRESSMSGBOXES /NORESTART.
; Uninstalling takes away what was installed; what users have recorded lies elsewhere (or in "data") and stays.

#ifndef Version
  #error Call packaging\windows\build_installer.ps1, which knows the version
#endif

#define Root "..\.."
#define Program Root + "\dist\wattelier"

[Setup]
AppId={{6C2C7E0B-6B0F-4E0E-9C39-1E4B5B0D6A37}
AppName=Wattelier
AppVersion={#Version}
AppVerName=Wattelier {#Version}
VersionInfoVersion={#NumericVersion}
DefaultDirName={autopf}\Wattelier
DefaultGroupName=Wattelier
DisableProgramGroupPage=yes
PrivilegesRequired=admin
PrivilegesRequiredOverridesAllowed=dialog commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile={#Root}\LICENSE
SetupIconFile={#Root}\build\pyinstaller\app\wattelier.ico
UninstallDisplayIcon={app}\wattelier.exe
OutputDir={#Root}\dist
OutputBaseFilename=wattelier-{#Version}-windows-x86_64-setup
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
ShowLanguageDialog=auto
; a recorder that runs is asked to end, and started again by its task, not by the installer
CloseApplications=yes
RestartApplications=no

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"

[CustomMessages]
en.LicencesOfOthers=Licences of third parties
fr.LicencesOfOthers=Licences des composants tiers

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; modules of an older version must not be found beside those of this one
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs
Source: "{#Root}\docs\deploy.md"; DestDir: "{app}"; Flags: ignoreversion
Source: "{#Root}\SECURITY.md"; DestDir: "{app}"; Flags: ignoreversion
Source: "{#Root}\packaging\windows\wattelier-record.xml"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{group}\Wattelier"; Filename: "{app}\wattelier.exe"
Name: "{group}\{cm:LicencesOfOthers}"; Filename: "{app}\_internal\licences"
Name: "{autodesktop}\Wattelier"; Filename: "{app}\wattelier.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\wattelier.exe"; Description: "{cm:LaunchProgram,Wattelier}"; Flags: nowait postinstall skipifsilent
