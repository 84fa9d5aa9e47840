using ActorNet.Protocol.Frames;
using ActorNet.Server.Connections;

namespace ActorNet.Server.Tests.Connections;

public sealed class RoutesTests
{
    private static readonly FrameType[] ServerOnly =
        [FrameType.Authenticated, FrameType.Opened, FrameType.Refused];

    [Fact]
    public void Every_type_is_either_in_the_table_or_the_servers_own() =>
        Assert.Equal(Enum.GetValues<FrameType>().Except(ServerOnly).Order(), Routes.All.Select(r => r.Type).Order());

    [Fact]
    public void Without_a_login_a_peer_reaches_hello_auth_and_goodbye() => Assert.Equal(
        [FrameType.Hello, FrameType.Auth, FrameType.Goodbye],
        Routes.All.Where(r => r.BeforeLogin).Select(r => r.Type).Order());

    [Fact]
    public void Only_frames_of_channels_go_to_channels() => Assert.All(
        Routes.All.Where(r => r.Handler == FrameHandler.Channel), r => Assert.False(r.Type.IsOfConnection()));
}
