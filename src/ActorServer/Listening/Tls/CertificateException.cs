namespace ActorNet.Server.Listening.Tls;

/// <summary>A certificate or its key cannot be used.</summary>
/// <param name="problem">What is wrong, with the file.</param>
/// <param name="advice">What to do.</param>
internal sealed class CertificateException(string problem, string advice) : Exception($"{problem}. {advice}")
{
    /// <summary>What is wrong, without the full stop.</summary>
    public string Problem { get; } = problem;

    /// <summary>What to do.</summary>
    public string Advice { get; } = advice;
}
