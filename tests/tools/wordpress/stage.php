<?php
// As much of WordPress as public/wordpress/what-matters.php uses, and what it makes of one shortcode.
//
//   php stage.php '{"address": "https://…", "attributes": {…}, "content": "…", "admin": false}'

define( 'ABSPATH', '/' );
$asked = json_decode( $argv[1], true );
$enqueued = array();
$filters = array();
$shortcodes = array();
$settings = array();

// The three ways of escaping, as strict as WordPress's own: what reaches the page unescaped shows.
function esc_html( $text ) { return htmlspecialchars( (string) $text, ENT_QUOTES, 'UTF-8' ); }
function esc_attr( $text ) { return htmlspecialchars( (string) $text, ENT_QUOTES, 'UTF-8' ); }
function esc_url_raw( $url, $protocols = array( 'https', 'http' ) ) {
	return in_array( strtolower( (string) parse_url( $url, PHP_URL_SCHEME ) ), $protocols, true ) ? preg_replace( '/[^A-Za-z0-9\-~+_.?#=!&;,\/:%@$|*\'()\[\]]/', '', $url ) : '';
}
function esc_url( $url ) { return str_replace( array( '&', "'" ), array( '&#038;', '&#039;' ), esc_url_raw( $url ) ); }
function esc_html__( $text, $domain ) { return esc_html( $text ); }
function __( $text, $domain ) { return $text; }
function absint( $number ) { return abs( (int) $number ); }
function wp_strip_all_tags( $text ) { return strip_tags( preg_replace( '@<(script|style)[^>]*?>.*?</\\1>@si', '', $text ) ); }
function current_user_can( $right ) { global $asked; return ! empty( $asked['admin'] ); }
function get_option( $name, $default ) { global $asked; return isset( $asked['address'] ) ? $asked['address'] : $default; }
function shortcode_atts( $pairs, $given, $shortcode ) {
	$out = $pairs;
	foreach ( (array) $given as $name => $value ) {
		if ( array_key_exists( $name, $pairs ) ) { $out[ $name ] = $value; }
	}
	return $out;
}
function add_query_arg( $arguments, $url ) { return $url . '?' . http_build_query( $arguments ); }
function wp_enqueue_script( $handle, $source, $after, $version, $foot ) { global $enqueued; $enqueued[ $handle ] = $source; }
function add_shortcode( $name, $act ) { global $shortcodes; $shortcodes[ $name ] = $act; }
function add_filter( $name, $act, $order, $arguments ) { global $filters; $filters[ $name ] = $act; }
function add_action( $name, $act ) { $act(); }
function register_setting( $page, $name, $options ) { global $settings; $settings[ $name ] = $options; }
function add_settings_field( $id, $title, $act, $page, $section, $options ) {}

require __DIR__ . '/../../../public/wordpress/what-matters.php';

$html = $shortcodes['what_matters']( $asked['attributes'] ?? array(), $asked['content'] ?? '' );
$tags = array();
foreach ( $enqueued as $handle => $source ) {
	$tags[] = $filters['script_loader_tag']( "<script type='text/javascript' src='" . esc_url( $source ) . "' id='what-matters-js'></script>\n", $handle );
}
ob_start();
what_matters_field();
echo json_encode( array(
	'html'   => $html,
	'script' => implode( '', $tags ),
	'other'  => $filters['script_loader_tag']( '<script src="/other.js"></script>', 'other' ),
	'field'  => ob_get_clean(),
	'saved'  => $settings['what_matters_address']['sanitize_callback']( $asked['address'] ?? '' ),
) );
