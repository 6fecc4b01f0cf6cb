namespace Luware.Portal.SignIn;

/// <summary>The sign-in was valid, but the invitation or link with which it began was not, or not any more.</summary>
internal sealed class LinkRefusedException(string page) : Exception("The link with which the sign-in began let nobody in.")
{
    /// <summary>The page that tells the person.</summary>
    public string Page => page;
}
