"""Logs in at a mail server as a program that uses Python's smtplib does, and sends one message.

usage: smtplib_client.py ADDRESS PORT METHOD LOGIN [PARALLEL] < password
METHOD is PLAIN, LOGIN or any (smtplib's own choice). Prints one JSON object a session:
ehlo (the reply's lines), auth (code and text), sent (true or the refusal).
"""

import json
import smtplib
import sys
from concurrent.futures import ThreadPoolExecutor

address, port, method, login = sys.argv[1:5]
parallel = int(sys.argv[5]) if len(sys.argv) > 5 else 1
password = sys.stdin.read()

MESSAGE = "Subject: from a remote user\r\n\r\nHello.\r\n"


def authenticate(session):
    if method == "any":
        return session.login(login, password)
    session.user, session.password = login, password
    mechanism = {"PLAIN": session.auth_plain, "LOGIN": session.auth_login}[method]
    return session.auth(method, mechanism)


def run(_):
    told = {}
    with smtplib.SMTP(address, int(port), local_hostname="laptop.example", timeout=60) as session:
        told["ehlo"] = session.ehlo()[1].decode().splitlines()
        try:
            code, text = authenticate(session)
            told["auth"] = [code, text.decode()]
        except smtplib.SMTPAuthenticationError as refusal:
            told["auth"] = [refusal.smtp_code, refusal.smtp_error.decode()]
        try:
            session.sendmail("someone@remote.example", ["friend@elsewhere.example"], MESSAGE)
            told["sent"] = True
        except smtplib.SMTPRecipientsRefused as refusal:
            told["sent"] = str(refusal)
    return told


with ThreadPoolExecutor(parallel) as pool:
    for told in pool.map(run, range(parallel)):
        print(json.dumps(told))
