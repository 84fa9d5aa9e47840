using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ActorNet.Bench;

/// <summary>
/// TLS by OpenSSL itself over the socket, so that the driver stays one thread on epoll and costs the same beside either server. Any
/// certificate will do; every handshake is a full one.
/// </summary>
internal sealed unsafe partial class TlsWire : Wire
{
    private const int VerifyNone = 0;
    private const int ModeControl = 33;
    private const long PartialAndMovingWrites = 0x1 | 0x2;
    private const int WantRead = 2;
    private const int WantWrite = 3;
    private const int ZeroReturn = 6;

    private static readonly nint Context = MakeContext();

    private readonly nint _ssl;

    public TlsWire(Socket socket) : base(socket)
    {
        _ssl = SSL_new(Context);
        if (_ssl == 0 || SSL_set_fd(_ssl, Descriptor) != 1 || SSL_connect(_ssl) != 1)
            throw new InvalidOperationException("the TLS handshake failed");
        socket.Blocking = false;
    }

    public override bool HasMore => SSL_pending(_ssl) > 0;

    public override int Receive(Span<byte> buffer)
    {
        var total = 0;
        fixed (byte* start = buffer)
        {
            // One call gives one record, of 16 KiB at most.
            while (total < buffer.Length)
            {
                var count = SSL_read(_ssl, start + total, buffer.Length - total);
                if (count <= 0) return total > 0 ? total : IsEnd(count) ? 0 : -1;
                total += count;
            }
        }

        return total;
    }

    public override int Send(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var count = SSL_write(_ssl, start, bytes.Length);
            return count > 0 || !IsEnd(count) ? count : throw new InvalidOperationException("the server closed the connection");
        }
    }

    public override void Dispose()
    {
        SSL_free(_ssl);
        base.Dispose();
    }

    private bool IsEnd(int result) => SSL_get_error(_ssl, result) switch
    {
        WantRead or WantWrite => false,
        ZeroReturn => true,
        var error => throw new InvalidOperationException($"TLS failed: {error}"),
    };

    private static nint MakeContext()
    {
        var context = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_verify(context, VerifyNone, 0);
        SSL_CTX_ctrl(context, ModeControl, (nint)PartialAndMovingWrites, 0);
        return context;
    }

    [LibraryImport("libssl.so.3")]
    private static partial nint TLS_client_method();

    [LibraryImport("libssl.so.3")]
    private static partial nint SSL_CTX_new(nint method);

    [LibraryImport("libssl.so.3")]
    private static partial void SSL_CTX_set_verify(nint context, int mode, nint callback);

    [LibraryImport("libssl.so.3")]
    private static partial nint SSL_CTX_ctrl(nint context, int command, nint argument, nint pointer);

    [LibraryImport("libssl.so.3")]
    private static partial nint SSL_new(nint context);

    [LibraryImport("libssl.so.3")]
    private static partial int SSL_set_fd(nint ssl, int descriptor);

    [LibraryImport("libssl.so.3")]
    private static partial int SSL_connect(nint ssl);

    [LibraryImport("libssl.so.3")]
    private static partial int SSL_read(nint ssl, byte* buffer, int count);

    [LibraryImport("libssl.so.3")]
    private static partial int SSL_write(nint ssl, byte* buffer, int count);

    [LibraryImport("libssl.so.3")]
    private static partial int SSL_pending(nint ssl);

    [LibraryImport("libssl.so.3")]
    private static partial int SSL_get_error(nint ssl, int result);

    [LibraryImport("libssl.so.3")]
    private static partial void SSL_free(nint ssl);
}
