namespace ActorNet.Client.Profiles;

/// <summary>
/// Who this user is on one server: a file that only the user can read, written by the server's first run or by hand.
/// </summary>
/// <param name="Server">The server.</param>
/// <param name="Account">Who logs in there.</param>
/// <param name="Key">The account's pre-shared key, 32 bytes.</param>
public sealed record Profile(ServerAddress Server, string Account, byte[] Key);
