@echo off
rem Sends what somebody has approved, and nothing else.
rem Put your own folder and briefing for C:\briefing and haixi.
cd /d C:\briefing || exit /b 1
set "IPREPORT_SMTP_PASSWORD_FILE=%USERPROFILE%\briefing-password.txt"
set "LOG=%TEMP%\briefing-send.log"
.venv\Scripts\ipreport send haixi >"%LOG%" 2>&1 && exit /b 0
rem It failed: the approver is told what was said.
.venv\Scripts\ipreport notify haixi --failed "%LOG%"
exit /b 1
