using ActorNet.Server.Diagnostics;

namespace ActorNet.Server.Tests.Diagnostics;

public class DescriptorLimitTests
{
    [Fact]
    public void The_soft_limit_is_read() => Assert.Equal(1024, DescriptorLimit.Parse(
    [
        "Limit                     Soft Limit           Hard Limit           Units     ",
        "Max processes             30489                30489                processes ",
        "Max open files            1024                 524288               files     ",
    ]));

    [Theory]
    [InlineData("Max open files            unlimited            unlimited            files     ")]
    [InlineData("Max processes             30489                30489                processes ")]
    public void Without_a_number_there_is_no_limit(string line) => Assert.Null(DescriptorLimit.Parse([line]));
}
