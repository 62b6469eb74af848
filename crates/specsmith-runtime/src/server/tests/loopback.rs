//! A small API, served over a socket.

