using ActorNet.Protocol.Frames;

namespace ActorNet.Protocol.Tests.Frames;

public sealed class FrameTypeTests
{
    [Fact]
    public void Numbers_and_names_are_frozen() =>
        Assert.Equal(
            """
            1 HELLO, 2 AUTH, 3 AUTHENTICATED, 4 PING, 5 PONG, 6 GOODBYE,
            16 OPEN, 17 OPENED, 18 REFUSED, 19 DATA, 20 EXTENDED_DATA, 21 MESSAGE, 22 WINDOW, 23 EOF, 24 CLOSE
            """.ReplaceLineEndings(" "),
            string.Join(", ", Enum.GetValues<FrameType>().Select(type => $"{(byte)type} {type.ToWire()}")));

    [Fact]
    public void Only_the_types_of_the_list_are_known() =>
        Assert.Equal(
            Enum.GetValues<FrameType>(),
            Enumerable.Range(0, 256).Select(value => (FrameType)value).Where(type => type.IsKnown()));

    [Fact]
    public void Types_below_16_belong_to_the_connection() =>
        Assert.All(Enum.GetValues<FrameType>(), type => Assert.Equal((byte)type < 16, type.IsOfConnection()));

    [Fact]
    public void Data_extended_data_and_messages_spend_the_window_by_their_payload()
    {
        var spending = Enum.GetValues<FrameType>().Where(type => new Frame(type, 1, new byte[3]).WindowCost == 3);
        Assert.Equal([FrameType.Data, FrameType.ExtendedData, FrameType.Message], spending);
        Assert.All(Enum.GetValues<FrameType>().Except(spending), type => Assert.Equal(0, new Frame(type, 1, new byte[3]).WindowCost));
    }

    [Fact]
    public void A_frame_as_text_never_shows_its_payload() =>
        Assert.Equal("EXTENDED_DATA channel 7, 6 bytes", new Frame(FrameType.ExtendedData, 7, "secret"u8.ToArray()).ToString());

    [Fact]
    public void An_unknown_type_as_text_is_its_number() => Assert.Equal("type 99", ((FrameType)99).ToWire());
}
