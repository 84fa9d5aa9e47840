using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace ActorNet.Protocol.Auth;

/// <summary>
/// Exported keying material of a TLS session (RFC 5705, RFC 8446 section 7.5), which <see cref="SslStream"/> knows and does not show: it
/// is asked of the OpenSSL below. Where that is another library, or the runtime is laid out otherwise than known here, there is none.
/// Here and not with the sockets, as both ends of the protocol need the same bytes; it does no I/O. See docs/decisions/0007.
/// </summary>
public static class TlsExporter
{
    /// <summary>Length of the binding tls-exporter, in bytes (RFC 9266, section 2).</summary>
    public const int BindingLength = 32;

    // SSL_CTRL_GET_EXTMS_SUPPORT of openssl/ssl.h, the same in 1.1 and 3.
    private const int GetExtendedMasterSecret = 122;

    private static readonly FieldInfo? ContextField =
        typeof(SslStream).GetField("_securityContext", BindingFlags.Instance | BindingFlags.NonPublic);

    private static readonly Lazy<OpenSsl?> Library = new(OpenSsl.Load);

    private static ReadOnlySpan<byte> BindingLabel => "EXPORTER-Channel-Binding"u8;

    private delegate int ExportKeyingMaterial(
        SafeHandle ssl, byte[] output, nuint outputLength, byte[] label, nuint labelLength, nint context, nuint contextLength, int useContext);

    private delegate nint Control(SafeHandle ssl, int command, nint number, nint pointer);

    /// <summary>
    /// Exports the binding tls-exporter (RFC 9266): label <c>EXPORTER-Channel-Binding</c>, no context, 32 bytes. Call it after the handshake
    /// and before the first read or write: the session is not to be used from two sides at once.
    /// </summary>
    /// <returns>
    /// False when it cannot be had: TLS 1.2 without the extended master secret (RFC 7627), where two sessions may share it, or another
    /// platform.
    /// </returns>
    public static bool TryExport(SslStream stream, [NotNullWhen(true)] out byte[]? binding)
    {
        ArgumentNullException.ThrowIfNull(stream);
        binding = null;
        if (!stream.IsAuthenticated || Library.Value is not { } openSsl || HandleOf(stream) is not { } ssl) return false;
        if (stream.SslProtocol != SslProtocols.Tls13 && !openSsl.HasExtendedMasterSecret(ssl)) return false;
        var output = new byte[BindingLength];
        if (!openSsl.TryExport(ssl, BindingLabel.ToArray(), output)) return false;
        binding = output;
        return true;
    }

    // Its class is named SafeSslHandle over OpenSSL, and wraps the SSL*; over SecureTransport and SChannel it is another.
    private static SafeHandle? HandleOf(SslStream stream) =>
        ContextField?.GetValue(stream) is SafeHandle { IsInvalid: false, IsClosed: false } handle && handle.GetType().Name == "SafeSslHandle"
            ? handle
            : null;

    private sealed record OpenSsl(ExportKeyingMaterial Export, Control Control)
    {
        public static OpenSsl? Load()
        {
            // By its name the library that the runtime has loaded is found, and not loaded again.
            if (!OperatingSystem.IsLinux() && !OperatingSystem.IsFreeBSD()) return null;
            var version = SafeEvpPKeyHandle.OpenSslVersion >> 28;
            var name = version == 1 ? "libssl.so.1.1" : $"libssl.so.{version}";
            if (!NativeLibrary.TryLoad(name, out var library)) return null;
            return NativeLibrary.TryGetExport(library, "SSL_export_keying_material", out var export)
                && NativeLibrary.TryGetExport(library, "SSL_ctrl", out var control)
                    ? new OpenSsl(
                        Marshal.GetDelegateForFunctionPointer<ExportKeyingMaterial>(export),
                        Marshal.GetDelegateForFunctionPointer<Control>(control))
                    : null;
        }

        public bool HasExtendedMasterSecret(SafeHandle ssl) => Control(ssl, GetExtendedMasterSecret, 0, 0) == 1;

        public bool TryExport(SafeHandle ssl, byte[] label, byte[] output) =>
            Export(ssl, output, (nuint)output.Length, label, (nuint)label.Length, 0, 0, useContext: 0) == 1;
    }
}
