@echo off
rem Builds the briefing and tells the approver. It approves nothing and sends no issue.
rem Put your own folder and briefing for C:\briefing and haixi.
cd /d C:\briefing || exit /b 1
set "IPREPORT_SMTP_PASSWORD_FILE=%USERPROFILE%\briefing-password.txt"
set "LOG=%TEMP%\briefing-build.log"
.venv\Scripts\ipreport build haixi >"%LOG%" 2>&1 && .venv\Scripts\ipreport notify haixi >>"%LOG%" 2>&1 && exit /b 0
rem It failed: the approver is told what was said.
.venv\Scripts\ipreport notify haixi --failed "%LOG%"
exit /b 1
