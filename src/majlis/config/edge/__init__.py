"""What stands between the network and Django: connections, deadlines, sizes, threads.

connections   who may stay connected; a head within 10 s; who leaves when it is full
bodies        the whole body within 20 s and a size, before a thread is given to it
bridge        a request as WSGI in a thread that never waits on a socket
answers       the few sentences that are said without Django
"""
