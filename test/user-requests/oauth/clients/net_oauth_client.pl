# Calls a Latchkey server with Net::OAuth: a step, its arguments, and the status with the answer behind it.
use strict;
use warnings;
use HTTP::Tiny;
use Net::OAuth;

$Net::OAuth::PROTOCOL_VERSION = Net::OAuth::PROTOCOL_VERSION_1_0A;

my ($server, $step, @rest) = @ARGV;

sub signed {
    my ($kind, $path, %more) = @_;
    my $request = Net::OAuth->request($kind)->new(
        consumer_key     => 'myConsumer',
        consumer_secret  => 'mySecret',
        request_url      => "$server$path",
        request_method   => 'POST',
        signature_method => 'HMAC-SHA1',
        timestamp        => time,
        nonce            => int(rand(2**31)) . "-$$",
        %more,
    );
    $request->sign;
    return $request;
}

sub show {
    my ($answer) = @_;
    print "$answer->{status} $answer->{content}\n";
}

my $http = HTTP::Tiny->new;

if ($step eq 'request') {
    my $request = signed('request token', '/oauth/requestToken', callback => $rest[0]);
    show($http->post("$server/oauth/requestToken", { headers => { Authorization => $request->to_authorization_header } }));
} elsif ($step eq 'access') {
    my ($token, $secret, $verifier) = @rest;
    my $request = signed('access token', '/oauth/accessToken', token => $token, token_secret => $secret, verifier => $verifier);
    show($http->post("$server/oauth/accessToken", { headers => { Authorization => $request->to_authorization_header } }));
} elsif ($step eq 'xauth') {
    my ($username, $password) = @rest;
    my $request = signed(
        'XauthAccessToken', '/oauth/accessToken',
        x_auth_username => $username, x_auth_password => $password, x_auth_mode => 'client_auth',
    );
    my %form = ('content-type' => 'application/x-www-form-urlencoded');
    show($http->post("$server/oauth/accessToken", { headers => \%form, content => $request->to_post_body }));
} else {
    my ($token, $secret, $path, %fields) = @rest;
    my $request = signed('protected resource', $path, token => $token, token_secret => $secret, extra_params => \%fields);
    my %form = ('content-type' => 'application/x-www-form-urlencoded');
    show($http->post("$server$path", { headers => \%form, content => $request->to_post_body }));
}
