# Builds the website every morning at 5.17 on a Windows machine, by the Task Scheduler.
#
# 1. Write below where the site and the program lie.
# 2. In PowerShell, opened as administrator, type: .\windows-task.ps1
#
# The web server serves the folder `public` of the site. What the last build said is in build.log, beside it.
# To take the task away again: Unregister-ScheduledTask -TaskName "Website of the partnership"

$site = "C:\Sites\partnership"
$program = "C:\Program Files\Folkmoot\folkmoot.exe"

$action = New-ScheduledTaskAction -Execute "cmd.exe" -WorkingDirectory $site `
    -Argument "/c `"`"$program`" build > build.log 2>&1`""
$trigger = New-ScheduledTaskTrigger -Daily -At "5:17am"
$settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -ExecutionTimeLimit (New-TimeSpan -Hours 1)
Register-ScheduledTask -TaskName "Website of the partnership" -Action $action -Trigger $trigger -Settings $settings `
    -Description "Makes the public website from the folder content"
