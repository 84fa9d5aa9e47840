using ActorNet.Protocol.Auth;

namespace ActorNet.Client.Auth;

/// <summary>The client's side of one login, without the frames around it.</summary>
internal abstract class LoginMechanism
{
    /// <summary>Its name in AUTH.</summary>
    public abstract string Name { get; }

    /// <summary>Who logs in, for AUTH; null where <see cref="First"/> says it.</summary>
    public virtual string? Account => null;

    /// <summary>Whether the server says something between the first word and AUTHENTICATED.</summary>
    public virtual bool HasChallenge => false;

    /// <summary>What may be kept instead of the password.</summary>
    public virtual ScramKeys? Keys => null;

    /// <summary>The data of the first AUTH.</summary>
    public abstract byte[] First();

    /// <summary>The data of the second AUTH, where there is one.</summary>
    /// <exception cref="Protocol.ProtocolViolationException">The challenge is not to be answered.</exception>
    public virtual Task<byte[]> AnswerAsync(byte[] challenge, CancellationToken cancellation) =>
        throw new NotSupportedException();

    /// <summary>Whether the data of AUTHENTICATED prove that the server knows the account.</summary>
    public abstract bool IsProvenBy(byte[] data);
}
