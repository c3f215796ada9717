# Makes dist\wattelier-VERSION-windows-x86_64-setup.exe from dist\wattelier, which "py packaging\dev.py build" has made.
#
#   powershell -ExecutionPolicy Bypass -File packaging\windows\build_installer.ps1 [-Compiler PATH\ISCC.exe]
#       [-Certificate THUMBPRINT [-Timestamp URL]]
#
# With a certificate of this computer, program and installer are signed (signtool). Inno Setup 6.3 or newer is needed.

param([string]$Compiler = "", [string]$Certificate = "", [string]$Timestamp = "")

$ErrorActionPreference = "Stop"
$root = Resolve-Path (Join-Path $PSScriptRoot "..\..")
$python = Join-Path $root ".venv\Scripts\python.exe"
$program = Join-Path $root "dist\wattelier\wattelier.exe"

function Sign([string]$file) {
    if (-not $Certificate) { return }
    $stamp = if ($Timestamp) { "/tr", $Timestamp, "/td", "SHA256" } else { @() }
    & signtool sign /sha1 $Certificate /fd SHA256 @stamp $file
    if ($LASTEXITCODE) { throw "signtool could not sign $file" }
}

if (-not (Test-Path $program)) { throw "Build first: py packaging\dev.py build" }
if (-not $Compiler) {
    $places = "${env:ProgramFiles(x86)}\Inno Setup 6\ISCC.exe", "$env:ProgramFiles\Inno Setup 6\ISCC.exe",
        "$env:LOCALAPPDATA\Programs\Inno Setup 6\ISCC.exe"
    $Compiler = $places | Where-Object { Test-Path $_ } | Select-Object -First 1
    if (-not $Compiler) { throw "Inno Setup 6 is not here: install it, or give -Compiler PATH\ISCC.exe" }
}

$version = (& $program --version).Split(" ")[1]
$numeric = [regex]::Match($version, "^\d+(\.\d+){0,3}").Value
Sign $program
& $Compiler /Qp "/DVersion=$version" "/DNumericVersion=$numeric" (Join-Path $PSScriptRoot "wattelier.iss")
if ($LASTEXITCODE) { throw "the compiler of Inno Setup has failed" }
Sign (Join-Path $root "dist\wattelier-$version-windows-x86_64-setup.exe")
& $python (Join-Path $root "packaging\artefacts.py")
if ($LASTEXITCODE) { throw "SHA256SUMS could not be written" }
