using ActorNet.Server.Exec;

namespace ActorNet.Server.Tests.Exec;

public sealed class ExecSettingsTests
{
    [Fact]
    public void The_delivered_configuration_is_read_without_an_error()
    {
        var reader = ExecTestSettings.Reader();

        var settings = ExecSettings.From(reader);

        Assert.Empty(reader.Errors);
        Assert.Equal((10, 131072), (settings.MaxJobsPerConnection, settings.MaxCommandBytes));
        Assert.Equal("C.UTF-8", settings.Environment["LANG"]);
        Assert.Contains("actornet.exec.env.PATH", reader.Known);
    }

    [Theory]
    [InlineData("actornet.exec.env.LD_PRELOAD = x", "actornet.exec.env.LD_PRELOAD")]
    [InlineData("actornet.exec.env.BASH_ENV = x", "actornet.exec.env.BASH_ENV")]
    [InlineData("actornet.exec.env-pass = [DOTNET_ROOT]", "actornet.exec.env-pass")]
    [InlineData("actornet.exec.env-pass = [\"A=B\"]", "actornet.exec.env-pass")]
    [InlineData("actornet.exec.shell = [sh, \"-c\"]", "actornet.exec.shell")]
    [InlineData("actornet.exec.directory = here", "actornet.exec.directory")]
    [InlineData("actornet.exec.time-limit = 8d", "actornet.exec.time-limit")]
    [InlineData("actornet.exec.max-command = 129KiB", "actornet.exec.max-command")]
    [InlineData("actornet.exec.max-jobs = 0", "actornet.exec.max-jobs")]
    [InlineData("actornet.exec.on-revoke = forget", "actornet.exec.on-revoke")]
    public void A_setting_that_makes_no_sense_is_an_error_with_its_path(string change, string path)
    {
        var reader = ExecTestSettings.Reader(change);

        ExecSettings.From(reader);

        Assert.StartsWith(path + " ", Assert.Single(reader.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_passed_variable_has_the_nodes_value_and_one_the_node_lacks_is_left_out()
    {
        var reader = ExecTestSettings.Reader("actornet.exec.env-pass = [HOME, TZ]");

        var environment = CommandEnvironment.From(reader, name => name == "HOME" ? "/home/node" : null);

        Assert.Equal("/home/node", environment["HOME"]);
        Assert.DoesNotContain("TZ", environment.Keys);
    }

    [Theory]
    [InlineData("", OnRevoke.Kill)]
    [InlineData("actornet.exec.on-revoke = keep", OnRevoke.Keep)]
    public void A_command_whose_right_is_gone_is_killed_unless_it_is_to_be_kept(string changes, OnRevoke expected) =>
        Assert.Equal(expected, ExecSettings.From(ExecTestSettings.Reader(changes)).OnRevoke);
}
