using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Tests.Support;
using FsCheck.Fluent;
using static ActorNet.Protocol.Tests.Support.ScramLogin;

namespace ActorNet.Protocol.Tests.Auth;

/// <summary>Somebody on the way changes one message: the login must not come about, whatever is changed.</summary>
public sealed class ScramTamperTests
{
    private delegate byte[] Change(byte[] message);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Unchanged_messages_log_in(bool isBound) =>
        Assert.Equal(Outcome.BothProven, Run(isBound, Same, Same, Same, Same));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_byte_of_the_client_first_message_can_be_changed(bool isBound) =>
        EveryByte(Client(Binding(isBound)).First(), change => Run(isBound, change, Same, Same, Same));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_byte_of_the_server_first_message_can_be_changed(bool isBound) =>
        EveryByte(
            Server(Client(Binding(isBound)).First(), Binding(isBound)).Challenge(Credential),
            change => Run(isBound, Same, change, Same, Same));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_byte_of_the_client_final_message_can_be_changed(bool isBound) =>
        EveryByte(Challenged(Binding(isBound)).Client.Final(Keys), change => Run(isBound, Same, Same, change, Same));

    [Fact]
    public void No_byte_of_the_server_final_message_can_be_changed()
    {
        var (client, server) = Challenged();
        var serverFinal = server.Check(client.Final(Keys))!;

        EveryByte(serverFinal, change => client.VerifyServer(change(serverFinal)) ? Outcome.BothProven : Outcome.ServerRefused);
        Assert.True(client.VerifyServer(serverFinal));
        Assert.False(client.VerifyServer([]));
        Assert.False(client.VerifyServer(serverFinal.AsSpan(1)));
        Assert.False(client.VerifyServer([.. serverFinal, .. ",x=1"u8]));
        Assert.False(client.VerifyServer("e=invalid-proof"u8));
        Assert.False(client.VerifyServer("v="u8));
    }

    [Fact]
    public void Bytes_cannot_be_put_in_or_left_out() =>
        Property.Holds(
            from which in Gen.Choose(0, 3)
            from at in Gen.Choose(0, 200)
            from removed in Gen.Choose(0, 5)
            from inserted in Gen.Elements(
                "", ",", "=", "a", "A=", "=2C", "=3D", ",,", "n,,", "m=1,", ",x=1", "x=1,", "p=", "\0", "é", " ", "\r\n")
            from isBound in Gen.Elements(false, true)
            select (Which: which, At: at, Removed: removed, Inserted: inserted, IsBound: isBound),
            c =>
            {
                var isChanged = false;
                var changes = new Change[] { Same, Same, Same, Same };
                changes[c.Which] = message =>
                {
                    var at = Math.Min(c.At, message.Length);
                    byte[] result = [.. message[..at], .. Utf8(c.Inserted), .. message[Math.Min(at + c.Removed, message.Length)..]];
                    isChanged = !result.AsSpan().SequenceEqual(message);
                    return result;
                };
                var outcome = Run(c.IsBound, changes[0], changes[1], changes[2], changes[3]);
                Assert.Equal(!isChanged, outcome == Outcome.BothProven);
            },
            3_000);

    private static ChannelBinding? Binding(bool isBound) => isBound ? Exporter : null;

    private static byte[] Same(byte[] message) => message;

    private static void EveryByte(byte[] message, Func<Change, Outcome> run)
    {
        for (var i = 0; i < message.Length; i++)
        {
            for (var value = 0; value < 256; value++)
            {
                if (message[i] == value) continue;
                var (at, other) = (i, (byte)value);
                Assert.True(
                    run(original =>
                    {
                        byte[] changed = [.. original];
                        changed[at] = other;
                        return changed;
                    }) != Outcome.BothProven,
                    $"byte {i} of '{Said(message)}' as {value:x2}");
            }
        }
    }

    // The keys are what the client would derive: a changed salt leaves the proof over the changed message, which is the stronger attack.
    private static Outcome Run(bool isBound, Change clientFirst, Change serverFirst, Change clientFinal, Change serverFinal)
    {
        try
        {
            var client = Client(Binding(isBound));
            var server = Server(clientFirst(client.First()), Binding(isBound), offersPlus: isBound);
            client.ReadChallenge(serverFirst(server.Challenge(Credential)));
            var keys = Keys with { Salt = client.Salt, Iterations = client.Iterations };
            if (server.Check(clientFinal(client.Final(keys))) is not { } proof) return Outcome.ClientRefused;
            return client.VerifyServer(serverFinal(proof)) ? Outcome.BothProven : Outcome.ServerRefused;
        }
        catch (ProtocolViolationException)
        {
            return Outcome.Violation;
        }
    }

    private enum Outcome
    {
        BothProven,
        ClientRefused,
        ServerRefused,
        Violation,
    }
}
