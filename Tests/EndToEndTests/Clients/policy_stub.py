"""A policy service of somebody else's: policy_stub.py SOCKET ACTION

Answers every request with ACTION.
"""
import os
import socketserver
import sys

path, action = sys.argv[1:3]


class Client(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            if line == b"\n":
                self.wfile.write(b"action=" + action.encode() + b"\n\n")


class Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


server = Server(path, Client)
os.chmod(path, 0o666)
server.serve_forever()
