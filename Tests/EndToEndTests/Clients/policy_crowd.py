"""Opens connections to a policy service as the user that runs this: policy_crowd.py SOCKET COUNT

Asks once on each, and says how many were answered and how many closed.
"""
import socket
import sys

REQUEST = b"".join(line + b"\n" for line in [
    b"request=smtpd_access_policy", b"protocol_state=RCPT", b"client_address=192.0.2.77",
    b"client_name=mx.example", b"sender=a@b.example", b"recipient=u@lab.example", b""])


def is_answered(client):
    try:
        client.sendall(REQUEST)
        return client.recv(4096).endswith(b"\n\n")
    except (BrokenPipeError, ConnectionResetError):
        return False


clients = []
for _ in range(int(sys.argv[2])):
    clients.append(socket.socket(socket.AF_UNIX))
    clients[-1].settimeout(10)
    clients[-1].connect(sys.argv[1])
answered = [is_answered(client) for client in clients]
print(answered.count(True), answered.count(False))
