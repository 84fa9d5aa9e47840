using ActorNet.Server.Diagnostics;
using Akka.Actor;
using Akka.Event;

namespace ActorNet.Server.Listening.Tls;

/// <summary>
/// The certificate of one listener: reads it at the start and whenever its files have changed, and tells its parent. A change that cannot be
/// used leaves the one before in use. Child of the listener; lives as long as it.
/// </summary>
internal sealed class CertificateActor : ReceiveActor, IWithTimers
{
    private readonly CertificateFiles _files;
    private readonly TimeSpan _interval;
    private readonly ILoggingAdapter _log;
    private TlsCertificate? _current;
    private string? _problem;
    private bool _isProblemLogged;

    /// <summary>Reads <paramref name="files"/> now, and looks at them again after each <paramref name="interval"/>.</summary>
    public CertificateActor(CertificateFiles files, TimeSpan interval)
    {
        _files = files;
        _interval = interval;
        _log = Context.ServerLog();

        Receive<Check>(_ => Read());
        Receive<Loaded>(HandleLoaded);
        Receive<Unchanged>(_ => HandleUnchanged());
        Receive<Failed>(HandleFailed);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Read();

    // Not on this actor's thread: a disk may take its time.
    private void Read()
    {
        var (files, current) = (_files, _current);
        Task.Run(() => Read(files, current)).PipeTo(Self);
    }

    private static object Read(CertificateFiles files, TlsCertificate? current)
    {
        try
        {
            if (current is null) files.MakeIfMissing();
            return files.Read(current) is { } changed ? new Loaded(changed) : Unchanged.Instance;
        }
        catch (CertificateException e)
        {
            return new Failed(e);
        }
    }

    private void HandleLoaded(Loaded message)
    {
        if (_current is not null)
            _log.Info(
                "the certificate was changed: {Fingerprint}, valid to {EndsAt:yyyy-MM-dd}; new connections get it, and clients that have pinned another one stop",
                message.Certificate.Fingerprint, message.Certificate.EndsAt);
        if (message.Certificate.EndsAt < TimeProvider.System.GetUtcNow())
            _log.Warning(
                "the certificate ended on {EndsAt:yyyy-MM-dd}: clients that do not pin it refuse it; replace its files", message.Certificate.EndsAt);
        _current = message.Certificate;
        Context.Parent.Tell(new CertificateLoaded(_current));
        HandleUnchanged();
    }

    private void HandleUnchanged()
    {
        (_problem, _isProblemLogged) = (null, false);
        CheckLater();
    }

    private void HandleFailed(Failed message)
    {
        if (_current is null)
        {
            Context.Parent.Tell(new CertificateUnusable(message.Exception.Problem, message.Exception.Advice));
            return;
        }

        // Two files are not replaced in one moment: only what is still so at the next look is wrong.
        if (_problem == message.Exception.Message && !_isProblemLogged)
        {
            _isProblemLogged = true;
            _log.Error("the changed certificate cannot be used, the one before stays: {Problem}", _problem);
        }

        if (_problem != message.Exception.Message) (_problem, _isProblemLogged) = (message.Exception.Message, false);
        CheckLater();
    }

    private void CheckLater() => Timers.StartSingleTimer(nameof(Check), Check.Instance, _interval);

    private sealed record Check
    {
        public static readonly Check Instance = new();
    }

    private sealed record Loaded(TlsCertificate Certificate) : IDeadLetterSuppression;

    private sealed record Unchanged : IDeadLetterSuppression
    {
        public static readonly Unchanged Instance = new();
    }

    private sealed record Failed(CertificateException Exception) : IDeadLetterSuppression;
}

/// <summary>To the listener: shake hands with this one from now on.</summary>
internal sealed record CertificateLoaded(TlsCertificate Certificate);

/// <summary>To the listener: there is none to begin with.</summary>
internal sealed record CertificateUnusable(string Problem, string Advice);
